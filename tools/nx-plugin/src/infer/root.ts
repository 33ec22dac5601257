import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasFile } from './workspace-package.ts';

/** What the root of a workspace offers to all packages. */
export interface Root {
  /** Command that lints a folder; `null` without a linter. */
  readonly linter: 'oxlint' | 'eslint' | null;
  readonly hasVitestConfig: boolean;
  /** Whether the command clamor runs from sources, so that members need no build. */
  readonly runsFromSources: boolean;
  /** Branch that changes are compared with: `defaultBase` of nx.json, else main. */
  readonly defaultBase: string;
}

/** Looks at the root. */
export function readRoot(workspaceRoot: string): Root {
  const declared = readDeclared(workspaceRoot);
  return {
    linter: declared.includes('oxlint') ? 'oxlint' : declared.includes('eslint') ? 'eslint' : null,
    hasVitestConfig: hasFile(workspaceRoot, 'vitest.config.{ts,js,mjs}'),
    defaultBase: readDefaultBase(workspaceRoot),
    runsFromSources: hasFile(workspaceRoot, 'node_modules/@clamor/cli/src/index.ts'),
  };
}

function readDeclared(workspaceRoot: string): readonly string[] {
  try {
    const manifest = JSON.parse(readFileSync(join(workspaceRoot, 'package.json'), 'utf8')) as {
      readonly dependencies?: object;
      readonly devDependencies?: object;
    };
    return Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  } catch {
    return [];
  }
}

function readDefaultBase(workspaceRoot: string): string {
  try {
    const { defaultBase } = JSON.parse(readFileSync(join(workspaceRoot, 'nx.json'), 'utf8')) as {
      readonly defaultBase?: string;
    };
    return defaultBase ?? 'main';
  } catch {
    return 'main';
  }
}
