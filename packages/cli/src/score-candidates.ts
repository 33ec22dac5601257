import { basename, extname, resolve } from 'node:path';

import type { MemberColumn } from '@clamor/evaluation';
import { joinScores, readScores } from '@clamor/store';

import { CliError } from './errors.ts';
import { type Io, printable } from './io.ts';
import type { MeasuredTable } from './measured-table.ts';

/** A candidate whose scores come from a file. */
export interface ScoresFile {
  /** CSV or Parquet with `key` and `score`. */
  readonly file: string;
  readonly threshold: number;
  /** Default: the name of the file, without its extension. */
  readonly name?: string;
}

/** `--scores`, `--threshold` and `--name`, the nth of each belonging together. */
export interface ScoresFlags {
  readonly scores: readonly string[];
  readonly threshold: readonly number[];
  readonly name: readonly string[];
}

/**
 * Puts the flags together.
 *
 * @throws {CliError} `CLI_USAGE` when they do not come in pairs.
 */
export function scoresFiles({ scores, threshold, name }: ScoresFlags): ScoresFile[] {
  if (threshold.length !== scores.length) {
    throw new CliError(
      'CLI_USAGE',
      `There are ${scores.length} --scores and ${threshold.length} --threshold: each file of scores needs its own threshold.`,
    );
  }
  if (name.length > 0 && name.length !== scores.length) {
    throw new CliError(
      'CLI_USAGE',
      `There are ${scores.length} --scores and ${name.length} --name: give a name to each file of scores, or to none.`,
    );
  }
  return scores.map((file, i) => ({
    file,
    threshold: threshold[i]!,
    ...(name[i] === undefined ? {} : { name: name[i] }),
  }));
}

/**
 * Reads a candidate's scores over the examples of a measured table, and says on stderr what was left out.
 *
 * @throws {StoreError} the codes of `readScores`; `STORE_SCORES_INCOMPLETE`
 */
export async function readCandidate(
  { file, threshold, name = basename(file, extname(file)) }: ScoresFile,
  { columns, split }: Pick<MeasuredTable, 'columns' | 'split'>,
  io: Io,
): Promise<MemberColumn> {
  const scores = await readScores(resolve(io.cwd, file));
  const { column, unknown } = joinScores(
    scores,
    columns.examples.map(({ id }) => id),
  );
  const known = new Set(split.ids);
  const foreign = unknown.filter((key) => !known.has(key));
  const lines = [
    ...scores.unreadable.slice(0, 5).map(({ fault }) => `[${fault.code}] ${fault.message}`),
    ...(foreign.length === 0
      ? []
      : [
          `"${file}": ${foreign.length} of ${scores.keys.length} keys are not in split "${split.name}" and are left out.`,
        ]),
  ];
  for (const line of lines) io.stderr.write(`${printable(`clamor: ${line}`)}\n`);
  return { name, threshold, column };
}
