import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProjectFile } from './project-options.ts';

/**
 * The files of a folder of templates/, with values for `{{name}}`.
 *
 * A name that begins with `_` gets a dot for it: npm leaves .gitignore and .npmrc out of what it packs.
 *
 * @throws {Error} when a template names a value that is not there: our bug.
 */
export function renderTemplates(folder: string, values: { readonly [name: string]: string }): ProjectFile[] {
  const from = join(ownDir(), 'templates', folder);
  return readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(from, join(entry.parentPath, entry.name)).split(sep))
    .map((parts) => ({
      path: parts.map((part) => part.replace(/^_/, '.').replace(/\.template$/, '')).join('/'),
      content: fill(readFileSync(join(from, ...parts), 'utf8'), values),
    }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** This package's own package.json. */
export function ownManifest(): { readonly devDependencies: { readonly [name: string]: string } } & {
  readonly dependencies: { readonly [name: string]: string };
} {
  return JSON.parse(readFileSync(join(ownDir(), 'package.json'), 'utf8')) as ReturnType<typeof ownManifest>;
}

/** JSON with two spaces and a line feed at the end. */
export function jsonFile(path: string, value: unknown): ProjectFile {
  return { path, content: `${JSON.stringify(value, null, 2)}\n` };
}

// A GitHub expression has a dollar before its braces and is none of ours.
function fill(text: string, values: { readonly [name: string]: string }): string {
  return text.replaceAll(/(?<!\$)\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`INTERNAL: a template names ${name}, which has no value.`);
    return value;
  });
}

/** Code stands at different depths below the package, as sources and as a build. */
function ownDir(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(dir, 'templates'))) dir = dirname(dir);
  return dir;
}
