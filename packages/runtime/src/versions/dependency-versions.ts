import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Manifest } from '../discovery/installed-packages.ts';

/** A folder of a package, and what stands in its package.json. */
export interface DependentPackage {
  readonly dir: string;
  readonly manifest: Manifest;
}

/**
 * The installed versions of what a package declares, where Node would find them from its folder.
 *
 * @returns `name@version`, sorted by name; `name@none` for what is not installed.
 */
export function dependencyVersions({ dir, manifest }: DependentPackage): string[] {
  const names = Object.keys({ ...manifest.peerDependencies, ...manifest.dependencies });
  const from = existsSync(dir) ? realpathSync(dir) : dir;
  return names.toSorted().map((name) => `${name}@${installedVersion(name, from) ?? 'none'}`);
}

/** The same of the package that runs graphs: the engine and the tokenizer that it brings. */
export function engineVersions(): string[] {
  const file = createRequire(import.meta.url).resolve('@clamor/onnx/package.json');
  return dependencyVersions({ dir: dirname(file), manifest: readManifest(file) ?? {} });
}

function installedVersion(name: string, from: string): string | undefined {
  for (let dir = from; ; dir = dirname(dir)) {
    const manifest = readManifest(join(dir, 'node_modules', name, 'package.json'));
    if (manifest !== null) return manifest.version;
    if (dir === dirname(dir)) return undefined;
  }
}

function readManifest(file: string): Manifest | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  } catch {
    return null;
  }
}
