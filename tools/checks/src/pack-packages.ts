import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command.ts';
import { WORKSPACE, type WorkspacePackage, publishedPackages } from './workspace.ts';

/**
 * Packs the published packages as npm would publish them.
 *
 * @param folder - Where the tarballs go.
 * @returns Tarball by package name.
 * @throws {Error} when a package was not built or npm cannot pack.
 */
export function packPackages(
  folder: string,
  packages: readonly WorkspacePackage[] = publishedPackages(),
): Map<string, string> {
  const unbuilt = packages.filter(({ dir }) => !existsSync(join(dir, 'dist/index.js')));
  if (unbuilt.length > 0) {
    throw new Error(`Not built: ${unbuilt.map(({ root }) => root).join(', ')}. Run npm run build first.`);
  }
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder, ...packages.map(({ dir }) => dir)];
  const { status, stdout, output } = runCommand('npm', args, WORKSPACE);
  if (status !== 0) throw new Error(`npm pack failed:\n${output}`);
  const packed = JSON.parse(stdout) as unknown;
  // npm 11 lists them; later ones map name to entry.
  const entries = Array.isArray(packed) ? packed : Object.values(packed as object);
  return new Map(
    (entries as { name: string; filename: string }[]).map((each) => [each.name, join(folder, each.filename)]),
  );
}
