import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isCovered } from '../generate/workspace.ts';
import type { PluginOptions } from './plugin-options.ts';

/** A package as the inference reads it. */
export interface WorkspacePackage {
  /** Relative to the workspace: `models/spam/words`. */
  readonly root: string;
  readonly manifest: InferredManifest;
  /** Package name of the encoder that the record of a member names. */
  readonly encoder: string | null;
}

/** What the inference reads of a package.json. */
export interface InferredManifest {
  readonly name?: string;
  readonly private?: boolean;
  readonly scripts?: { readonly [name: string]: string };
  readonly clamor?: { readonly kind?: string; readonly suite?: string; readonly mode?: string };
  readonly dependencies?: { readonly [name: string]: string };
  readonly peerDependencies?: { readonly [name: string]: string };
}

/** The packages that the plugin has to do with, of the package.json files that Nx found. */
export function readPackages(
  files: readonly string[],
  { workspaceRoot, options }: { readonly workspaceRoot: string; readonly options: PluginOptions },
): WorkspacePackage[] {
  const patterns = workspacePatterns(workspaceRoot);
  const packages: WorkspacePackage[] = [];
  for (const file of files.toSorted()) {
    const root = dirname(file).replaceAll('\\', '/');
    if (root === '.' || (patterns !== null && !isCovered(patterns, root))) continue;
    const manifest: InferredManifest | null = readJson(join(workspaceRoot, file));
    if (manifest === null || (manifest.clamor === undefined && options.allPackages !== true)) continue;
    packages.push({ root, manifest, encoder: readEncoder(join(workspaceRoot, root)) });
  }
  return packages;
}

/**
 * The export condition under which a package is its sources, `@<scope>/source`.
 *
 * @example sourceCondition({ name: '@acme/fraud' }) // '@acme/source'
 */
export function sourceCondition({ name = '' }: Pick<InferredManifest, 'name'>): string {
  return name.startsWith('@') ? `${name.slice(0, name.indexOf('/'))}/source` : 'source';
}

/** Whether a file is in a package; the pattern may have stars. */
export function hasFile(dir: string, pattern: string): boolean {
  return pattern.includes('*') || pattern.includes('{')
    ? globSync(pattern, { cwd: dir, exclude: ['**/node_modules/**'] }).length > 0
    : existsSync(join(dir, pattern));
}

/** `null` when the root names none: then every package.json counts. */
function workspacePatterns(workspaceRoot: string): readonly string[] | null {
  const { workspaces } = (readJson(join(workspaceRoot, 'package.json')) ?? {}) as {
    readonly workspaces?: readonly string[] | { readonly packages?: readonly string[] };
  };
  if (workspaces === undefined) return null;
  return Array.isArray(workspaces)
    ? (workspaces as readonly string[])
    : ((workspaces as { packages?: string[] }).packages ?? []);
}

function readEncoder(dir: string): string | null {
  const { encoder } = (readJson(join(dir, 'assets/record.json')) ?? {}) as { readonly encoder?: unknown };
  return typeof encoder === 'string' ? encoder : null;
}

/** `null` when the file is missing or no JSON object: whoever owns it is told so by others. */
function readJson(file: string): object | null {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
