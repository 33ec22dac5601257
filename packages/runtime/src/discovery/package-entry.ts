import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exports as resolveExports } from 'resolve.exports';
import type { InstalledPackage } from './installed-packages.ts';
import { nodeConditions } from './node-conditions.ts';

/** The export condition under which workspace packages are their TypeScript sources. */
export const SOURCE_CONDITION = '@clamor/source';

/** Whether this very file runs from source; then members of the workspace do too, and no build is needed. */
export const isRunningFromSource: boolean = extname(fileURLToPath(import.meta.url)) === '.ts';

/**
 * Conditions under which packages are imported here: so that the file that is checked is the one that Node would load, a source
 * where this process runs by sources (`node --conditions=@acme/source`).
 */
export const hostConditions: readonly string[] = [
  ...(isRunningFromSource ? [SOURCE_CONDITION] : []),
  ...nodeConditions([...process.execArgv, ...(process.env['NODE_OPTIONS'] ?? '').split(' ')]),
];

/**
 * The file that `import` of a package would load, as an absolute path; `null` when its package.json exports none.
 *
 * A published package still names its sources under our condition and does not hold them: then it is what anybody else would load.
 *
 * @example
 * // packageEntry({ dir: '/x', manifest: { name: 'x', exports: './dist/index.js' } }) // '/x/dist/index.js'
 */
export function packageEntry({ dir, manifest }: InstalledPackage): string | null {
  try {
    const [here, elsewhere] = [hostConditions, []].map(
      (conditions) => resolveExports(manifest, '.', { conditions })?.[0],
    );
    if (here === undefined) return null;
    return join(dir, elsewhere === undefined || existsSync(join(dir, here)) ? here : elsewhere);
  } catch {
    return null;
  }
}
