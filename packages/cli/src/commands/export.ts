import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { errorMessage } from '@clamor/contract';
import { discover, findSuite, importSuite } from '@clamor/runtime';
import { type EvaluationSource, findSplit, type Split } from '@clamor/store';

import { CliError } from '../errors.ts';
import { importEvaluation } from '../evaluation-package.ts';
import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import { type ExportedFrom, exportLine } from '../export-line.ts';
import { type Io, printable } from '../io.ts';
import { isHeldBack } from '../split-evidence.ts';

/** What {@link exportExamples} takes. */
export interface ExportOptions {
  /** Default the only suite installed. */
  readonly suite?: string;
  /** At least one; none that is held back. */
  readonly split: readonly string[];
  /** Default stdout. */
  readonly out?: string;
  /** What the suite makes of each input, as members read it, instead of the input. */
  readonly parsed?: boolean;
  readonly exclude?: readonly string[];
}

/**
 * `clamor export SUITE`: the labelled examples of splits as JSON lines, for notebooks and for recipes. Loads no member.
 *
 * Nothing that candidates are gated on leaves, not even without its label: whoever reads a mail knows what it is.
 *
 * @throws {CliError} `CLI_USAGE`, `CLI_SPLIT_HELD_BACK`, `CLI_NO_EXAMPLES`, `CLI_EXAMPLE_NOT_JSON`, `CLI_INPUT_UNREADABLE`,
 * `CLI_OUTPUT_UNWRITABLE`;
 * {StoreError} `STORE_SPLIT_UNKNOWN`
 */
export async function exportExamples({ exclude = [], ...options }: ExportOptions, io: Io): Promise<ExitCode> {
  const discovery = discover({ from: io.cwd, exclude });
  const { package: found, entry } = findSuite(discovery, options.suite);
  const name = found.marker.suite ?? found.package;
  const source = await importEvaluation(discovery, name);
  const splits = splitsToExport(source, options.split);
  const suite = await importSuite(entry, name);
  const counts = splits.map((split) => ({ split, written: 0, unlabelled: 0 }));
  const lines = readLines(source, counts, { suite, parsed: options.parsed ?? false, signal: io.signal });
  if (options.out !== undefined) await writeLines(options.out, lines, io);
  else for await (const line of lines) io.stdout.write(line);
  for (const count of counts) io.stderr.write(`${printable(told(count, source.splits))}\n`);
  if (options.out !== undefined) io.stderr.write(`wrote ${printable(options.out)}\n`);
  return EXIT_CODES.ok;
}

function splitsToExport({ splits }: EvaluationSource, names: readonly string[]): Split[] {
  if (names.length === 0) {
    throw new CliError('CLI_USAGE', 'Name what is to be exported: clamor export SUITE --split NAME.');
  }
  const chosen = [...new Set(names)].map((name) => findSplit(splits, name));
  for (const split of chosen) refuseHeldBack(split, splits);
  const ids = chosen.flatMap((split) => split.ids);
  const twice = ids.length - new Set(ids).size;
  if (twice === 0) return chosen;
  throw new CliError(
    'CLI_USAGE',
    `The splits ${chosen.map(({ name }) => name).join(', ')} have ${twice} examples in common, which would be fitted on twice. Export them to a file each.`,
  );
}

/** A split may be exported by its own roles, and hold examples that another split holds back. */
function refuseHeldBack(split: Split, all: readonly Split[]): void {
  if (isHeldBack(split)) {
    throw new CliError(
      'CLI_SPLIT_HELD_BACK',
      `Split "${split.name}" (${split.roles.join(', ')}) is held back: none of its examples leaves the evaluation, with or without labels.\nFit on a split with the role fit, look at one with the role explore. To gate on "${split.name}", make the model a member: then it goes to the examples (clamor gate MEMBER).`,
    );
  }
  for (const other of all.filter((each) => isHeldBack(each) && each.roles.includes('gate'))) {
    const shared = sharedIds(split, other);
    if (shared === 0) continue;
    throw new CliError(
      'CLI_SPLIT_HELD_BACK',
      `Split "${split.name}" (${split.roles.join(', ')}) has ${shared} examples that candidates are gated on: they are in "${other.name}" (${other.roles.join(', ')}), too.\nExport another split.`,
    );
  }
}

function sharedIds(split: Split, other: Split): number {
  const ids = new Set(other.ids);
  return split.ids.filter((id) => ids.has(id)).length;
}

interface ExportCount {
  readonly split: Split;
  written: number;
  unlabelled: number;
}

async function* readLines(
  source: EvaluationSource,
  counts: readonly ExportCount[],
  { signal, ...from }: Omit<ExportedFrom, 'split'> & { readonly signal: AbortSignal },
): AsyncGenerator<string> {
  for (const count of counts) {
    for await (const example of source.examples(count.split.name)) {
      signal.throwIfAborted();
      if (example.label === null) {
        count.unlabelled += 1;
        continue;
      }
      yield `${await exportLine(example, { split: count.split.name, ...from })}\n`;
      count.written += 1;
    }
  }
  if (counts.every(({ written }) => written === 0)) {
    const names = counts.map(({ split }) => split.name).join(', ');
    throw new CliError('CLI_NO_EXAMPLES', `No example of ${names} has a label, so there is nothing to export.`);
  }
}

/** As a whole or not at all. */
async function writeLines(file: string, lines: AsyncIterable<string>, io: Io): Promise<void> {
  const path = resolve(io.cwd, file);
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await pipeline(Readable.from(lines), createWriteStream(temporary));
    await rename(temporary, path);
  } catch (cause) {
    if (typeof (cause as NodeJS.ErrnoException).syscall !== 'string') throw cause;
    throw new CliError(
      'CLI_OUTPUT_UNWRITABLE',
      `"${file}" cannot be written: ${errorMessage(cause)}. Choose another path.`,
      { cause },
    );
  } finally {
    await rm(temporary, { force: true });
  }
}

function told({ split, written, unlabelled }: ExportCount, all: readonly Split[]): string {
  const also = all
    .filter((other) => other !== split && isHeldBack(other))
    .map((other) => ({ name: other.name, shared: sharedIds(split, other) }))
    .filter(({ shared }) => shared > 0)
    .map(({ name, shared }) => `; ${shared} of them are in ${name}, too: do not measure there what is fitted on them`);
  const left = unlabelled === 0 ? '' : `; ${unlabelled} without a label left out`;
  return `${split.name} (${split.roles.join(', ')}): ${written} examples${left}${also.join('')}`;
}
