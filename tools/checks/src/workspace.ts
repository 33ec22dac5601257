import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root folder of the workspace. */
export const WORKSPACE: string = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

/** What the checks read of a package.json. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly clamor?: { readonly kind: string; readonly suite?: string };
  readonly scripts?: { readonly [name: string]: string };
  readonly dependencies?: { readonly [name: string]: string };
  readonly peerDependencies?: { readonly [name: string]: string };
}

/** A package of the workspace. */
export interface WorkspacePackage {
  /** Relative to the workspace. */
  readonly root: string;
  readonly dir: string;
  readonly manifest: Manifest;
}

/**
 * The packages of a workspace folder, sorted by root.
 *
 * @param workspace - Default this one.
 */
export function workspacePackages(workspace: string = WORKSPACE): WorkspacePackage[] {
  return globSync('{packages/*,tools/*,models/*/*}/package.json', { cwd: workspace })
    .toSorted()
    .map((file) => ({
      root: dirname(file),
      dir: join(workspace, dirname(file)),
      manifest: JSON.parse(readFileSync(join(workspace, file), 'utf8')) as Manifest,
    }));
}

/** The packages that are published, sorted by root. */
export function publishedPackages(): WorkspacePackage[] {
  return workspacePackages().filter(({ manifest }) => manifest.private !== true);
}
