import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What is read of this package's own package.json. */
export interface OwnManifest {
  readonly name: string;
  readonly version: string;
  /** The versions that generated packages start with. */
  readonly devDependencies: { readonly [name: string]: string };
}

let dir: string | undefined;

/** Folder of this package: code stands at different depths below it, as sources and as a build. */
export function ownDir(): string {
  if (dir !== undefined) return dir;
  let candidate = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(candidate, 'generators.json'))) candidate = dirname(candidate);
  dir = candidate;
  return dir;
}

/** This package's own package.json. */
export function ownManifest(): OwnManifest {
  return JSON.parse(readFileSync(join(ownDir(), 'package.json'), 'utf8')) as OwnManifest;
}
