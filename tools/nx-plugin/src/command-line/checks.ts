import { resolve } from 'node:path';
import { boundaryFaults } from '../boundaries.ts';
import { NxError } from '../errors.ts';
import { folderFiles } from '../generate/folder-files.ts';
import { compareMerge } from '../merge/compare-merge.ts';
import { gateMerge, isTolerable } from '../merge/gate-merge.ts';
import { checkPacked } from '../pack-check/pack-check.ts';
import { readProjectGraph } from '../project-graph.ts';

/** Options of `clamor-workspace pack-check`. */
export interface PackFlags {
  /** Leave out packages that are private: nobody is to install them, and a member that is not trained yet has no card. */
  readonly 'skip-private'?: boolean | undefined;
}

/**
 * `clamor-workspace pack-check DIR…`: prints all faults.
 *
 * @returns The exit code.
 * @throws {NxError} `GENERATE_USAGE` without a folder.
 */
export function printPackFaults(root: string, dirs: readonly string[], flags: PackFlags = {}): number {
  if (dirs.length === 0)
    throw new NxError('GENERATE_USAGE', 'Which package? clamor-workspace pack-check models/spam/words');
  let count = 0;
  for (const dir of dirs) {
    if (flags['skip-private'] === true && isPrivate(resolve(root, dir))) {
      console.log(`pack-check ${dir}: it is private, and is not published`);
      continue;
    }
    const faults = checkPacked(resolve(root, dir));
    count += faults.length;
    for (const { code, message } of faults) console.error(`${dir}: ${code}: ${message}`);
    console.log(`pack-check ${dir}: ${faults.length === 0 ? 'it may be published' : `${faults.length} faults`}`);
  }
  return count === 0 ? 0 : 1;
}

function isPrivate(dir: string): boolean {
  const text = folderFiles(dir).read('package.json');
  return text !== null && (JSON.parse(text) as { readonly private?: boolean }).private === true;
}

/**
 * `clamor-workspace boundaries`: prints every arrow of the project graph that the map does not have.
 *
 * @returns The exit code.
 * @throws {NxError} `BOUNDARY_GRAPH_FAILED`
 */
export function printBoundaryFaults(root: string): number {
  const graph = readProjectGraph(root);
  const faults = boundaryFaults(graph);
  for (const fault of faults) console.error(`BOUNDARY_CROSSED: ${fault}`);
  console.log(`boundaries: ${Object.keys(graph.nodes).length} projects, ${faults.length} faults`);
  return faults.length === 0 ? 0 : 1;
}

/** Options of the commands that look at a merge. */
export interface MergeFlags {
  readonly since?: string | undefined;
  readonly split?: string | undefined;
  readonly markdown?: string | undefined;
  readonly junit?: string | undefined;
  readonly tolerate?: readonly string[] | undefined;
}

/**
 * `clamor-workspace gate-merge` and `compare-merge`.
 *
 * @returns The exit code of `clamor`.
 * @throws {NxError} `GENERATE_USAGE`, `MERGE_BASE_UNKNOWN`, `MERGE_CLAMOR_MISSING`
 */
export function askMerge(root: string, command: 'gate-merge' | 'compare-merge', flags: MergeFlags): number {
  const { tolerate = [], junit, ...options } = flags;
  if (command === 'compare-merge') {
    if (tolerate.length === 0 && junit === undefined) return compareMerge(root, options);
    throw new NxError(
      'GENERATE_USAGE',
      '--tolerate and --junit are of gate-merge: a changeset says enough or it does not.',
    );
  }
  const outcomes = tolerate.filter(isTolerable);
  if (outcomes.length < tolerate.length) {
    throw new NxError('GENERATE_USAGE', `--tolerate takes inconclusive or no-effect, not ${tolerate.join(', ')}.`);
  }
  return gateMerge(root, { ...options, junit, tolerate: outcomes });
}
