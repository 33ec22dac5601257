import { join, parse } from 'node:path';
import { openRuns } from './clamor-runs.ts';
import { mergeChanges, wasThere } from './merge-changes.ts';

/** Outcomes of a gate that may be let through, with their exit codes. */
const TOLERABLE = { inconclusive: 2, 'no-effect': 3 } as const;

/** An outcome that may be let through. */
export type Tolerable = keyof typeof TOLERABLE;

/** What {@link gateMerge} takes. */
export interface GateMergeOptions {
  /** Branch, tag or commit that the merge goes to. */
  readonly since?: string | undefined;
  /** Default the only one with the role gate. */
  readonly split?: string | undefined;
  readonly markdown?: string | undefined;
  /** File of a test report; of several suites each gets its own, `gate-spam.xml`. */
  readonly junit?: string | undefined;
  /** Outcomes that do not stop the merge; default none. */
  readonly tolerate?: readonly Tolerable[];
}

/** Whether an outcome is one of those that may be let through. */
export function isTolerable(outcome: string): outcome is Tolerable {
  return outcome in TOLERABLE;
}

/**
 * Gates jointly, suite by suite, all members that a merge adds or changes: candidates that pass alone can fail together. One that is changed
 * and alone is gated against what it was: a version that finds less must not pass because it still finds something.
 *
 * @returns The exit code of the gate, the highest where several suites are asked; 0 when no member differs.
 * @throws {NxError} `MERGE_BASE_UNKNOWN`, `MERGE_CLAMOR_MISSING`
 */
export function gateMerge(root: string, { since, split, markdown, junit, tolerate = [] }: GateMergeOptions): number {
  const changes = mergeChanges(root, since);
  const members = changes.models.filter(({ kind }) => kind === 'classifier');
  if (members.length === 0) {
    console.log(`gate:merge: no member differs from ${changes.since}, nothing to gate`);
    return 0;
  }
  const runs = openRuns(root, { conditions: changes.conditions, markdown });
  const tolerated = tolerate.map((outcome): number => TOLERABLE[outcome]);
  const all = [...new Set(members.flatMap(({ suites }) => suites))];
  const codes = all.map((suite) => {
    const names = members.filter(({ suites }) => suites.includes(suite)).map(({ name }) => name);
    console.log(`gate:merge: ${names.join(', ')} of ${suite}`);
    const [only, ...others] = members.filter(({ suites }) => suites.includes(suite));
    const replaces = only !== undefined && others.length === 0 && wasThere(root, changes.base, only);
    const options = [
      // Stored columns were made before the change.
      '--installed',
      ...(replaces ? ['--against', `git:${changes.base}`] : []),
      ...(split === undefined ? [] : ['--split', split]),
      ...(junit === undefined ? [] : ['--junit', all.length > 1 ? ofSuite(junit, suite) : junit]),
    ];
    return runs.run('gate', ...names, '--suite', suite, ...options);
  });
  runs.close();
  return Math.max(...codes.map((code) => (tolerated.includes(code) ? 0 : code)));
}

function ofSuite(file: string, suite: string): string {
  const { dir, name, ext } = parse(file);
  return join(dir, `${name}-${suite}${ext}`);
}
