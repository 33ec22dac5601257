import type { RollbackStep } from './rollback-plan.ts';

type Dependencies = { [name: string]: string };

/**
 * The text of a package.json with the dependencies that a rollback wants, in its own indentation.
 *
 * A dependency stays in the section where it is declared; a new one goes to `dependencies`.
 *
 * @example
 * withDependencies('{"dependencies":{"a":"^1.0.0"}}', [{ kind: 'install', name: 'a', package: 'a', from: '1.1.0', to: '1.0.0', spec: '1.0.0' }])
 * // '{"dependencies":{"a":"1.0.0"}}'
 */
export function withDependencies(text: string, steps: readonly RollbackStep[]): string {
  const manifest = JSON.parse(text) as { dependencies?: Dependencies; optionalDependencies?: Dependencies };
  for (const { name, spec } of steps) {
    const optional = manifest.optionalDependencies;
    const isOptional = optional !== undefined && Object.hasOwn(optional, name);
    const section = isOptional ? optional : (manifest.dependencies ??= {});
    if (spec === null) delete section[name];
    else section[name] = spec;
  }
  const indentation = /^\{\r?\n([ \t]+)/.exec(text)?.[1] ?? '';
  return JSON.stringify(manifest, null, indentation) + (text.endsWith('\n') ? '\n' : '');
}
