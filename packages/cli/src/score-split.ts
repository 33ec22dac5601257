import type { FailureReason, ScoreColumn } from '@clamor/contract';
import type { RunningSuite, SuiteMember } from '@clamor/runtime';
import { type EvaluationSource, ExamplesHash, type LabelledExample, type Split } from '@clamor/store';

import type { CachedColumn, CachedExamples, ColumnCache } from './column-cache.ts';
import { CliError } from './errors.ts';
import { type Io, printable } from './io.ts';
import { startProgress } from './progress.ts';

/** What is known of an example without its input. */
export type ExampleFacts = Omit<LabelledExample, 'input'>;

/** What {@link scoreSplit} takes. */
export interface ScoreSplitOptions {
  readonly source: EvaluationSource;
  readonly split: Split;
  readonly suite: RunningSuite;
  readonly io: Io;
  /** Columns that need not be computed again; `null`: all are. */
  readonly cache: ColumnCache | null;
}

/** Members on all examples of a split. */
export interface ScoredMembers {
  /** Shape [n], unreadable ones included. */
  readonly facts: readonly ExampleFacts[];
  /** What columns over them are kept by; `null` when they are no plain data. */
  readonly examples: CachedExamples | null;
  /** By name, each of shape [n]. */
  readonly columns: ReadonlyMap<string, ScoreColumn>;
  /** Index of an example that could not be read → why. */
  readonly unreadable: ReadonlyMap<number, FailureReason>;
}

/**
 * The scores of members on a split: from the cache where it has them, otherwise from the members, whose scores are then kept. What
 * came from where is said on stderr.
 *
 * @throws {CliError} `CLI_EXAMPLES_CHANGED`
 */
export async function scoreSplit(options: ScoreSplitOptions, members: readonly SuiteMember[]): Promise<ScoredMembers> {
  const { source, split, cache, io } = options;
  if (cache === null) return await runMembers(options, members);
  const { facts, examples } = await readExamples(source, split);
  if (examples === null) {
    say(io, `columns of ${split.name} are not cached: its examples are no plain data`);
    return await runMembers(options, members);
  }
  const found = await findAll(members, { cache, examples });
  const missing = members.filter(({ name }) => !found.has(name));
  const run = found.size > 0 && missing.length === 0 ? null : await runMembers(options, missing);
  if (run !== null && run.examples?.hash !== examples.hash) throw changed(split);
  const kept = run === null ? [] : await keepAll(run, missing, { cache, examples });
  tellUse(io, split, {
    cached: [...found].flatMap(([name, { from }]) => (from === 'kept' ? [name] : [])),
    shipped: [...found].flatMap(([name, { from }]) => (from === 'shipped' ? [name] : [])),
    scored: missing.map(({ name }) => name),
    'not kept': missing.flatMap(({ name }) => (kept.includes(name) ? [] : [name])),
  });
  return joinColumns({ facts, examples, found, run });
}

async function findAll(
  members: readonly SuiteMember[],
  { cache, examples }: { readonly cache: ColumnCache; readonly examples: CachedExamples },
): Promise<ReadonlyMap<string, CachedColumn>> {
  const found = new Map<string, CachedColumn>();
  for (const member of members) {
    const hit = await cache.find(member, examples);
    if (hit !== null) found.set(member.name, hit);
  }
  return found;
}

/** The examples of a split as they are read: what is known of each, and what columns over all of them are kept by. */
class ReadExamples {
  readonly facts: ExampleFacts[] = [];
  readonly #split: Split;
  readonly #hash = new ExamplesHash();

  constructor(split: Split) {
    this.#split = split;
  }

  add({ input, ...facts }: LabelledExample): void {
    this.facts.push(facts);
    this.#hash.add({ id: facts.id, input });
  }

  get examples(): CachedExamples | null {
    const hash = this.#hash.digest();
    return hash === null ? null : { split: this.#split.name, ids: this.facts.map(({ id }) => id), hash };
  }
}

/** The examples alone: to look for columns takes no member. */
async function readExamples(source: EvaluationSource, split: Split): Promise<ReadExamples> {
  const read = new ReadExamples(split);
  for await (const example of source.examples(split.name)) read.add(example);
  return read;
}

async function runMembers(
  { source, split, suite, io }: ScoreSplitOptions,
  members: readonly SuiteMember[],
): Promise<ScoredMembers> {
  const read = new ReadExamples(split);
  async function* inputs(): AsyncGenerator<{ key: string; input: unknown }> {
    for await (const example of source.examples(split.name)) {
      read.add(example);
      yield { key: example.id, input: example.input };
    }
  }
  const progress = startProgress(io, { label: split.name, total: split.ids.length });
  try {
    const { columns, unreadable } = await suite.score(inputs(), {
      members: members.map(({ name }) => name),
      signal: io.signal,
      onProgress: (done) => progress.update(done),
    });
    return { facts: read.facts, examples: read.examples, columns, unreadable };
  } finally {
    progress.stop();
  }
}

/**
 * Keeps the columns without failures of the members' own: a deadline that was missed, or a service that was away, may be
 * well the next time. An example that the suite refuses is refused the next time too.
 *
 * @returns Names of the members whose columns are kept.
 */
async function keepAll(
  { columns, unreadable }: ScoredMembers,
  members: readonly SuiteMember[],
  { cache, examples }: { readonly cache: ColumnCache; readonly examples: CachedExamples },
): Promise<string[]> {
  if ([...unreadable.values()].some(({ code }) => code !== 'EXAMPLE_INVALID')) return [];
  const kept: string[] = [];
  for (const member of members) {
    const column = columns.get(member.name);
    const isSound = column !== undefined && [...column.reasons.keys()].every((i) => unreadable.has(i));
    if (isSound && (await cache.keep(member, column, examples))) kept.push(member.name);
  }
  return kept;
}

interface ColumnParts extends Pick<ScoredMembers, 'facts' | 'examples'> {
  readonly found: ReadonlyMap<string, CachedColumn>;
  /** `null` when nobody had to be asked. */
  readonly run: ScoredMembers | null;
}

/** Only examples that the suite refused have failed in a column that was kept. */
function joinColumns({ facts, examples, found, run }: ColumnParts): ScoredMembers {
  const refused = [...found.values()].flatMap(({ column }) => [...column.reasons]);
  return {
    facts,
    examples,
    columns: new Map([...[...found].map(([name, { column }]) => [name, column] as const), ...(run?.columns ?? [])]),
    unreadable: new Map([...refused, ...(run?.unreadable ?? [])].toSorted(([a], [b]) => a - b)),
  };
}

function tellUse(io: Io, split: Split, use: { readonly [what: string]: readonly string[] }): void {
  const told = Object.entries(use).flatMap(([what, names]) =>
    names.length === 0 ? [] : [`${what} ${names.join(', ')}`],
  );
  if (told.length > 0) say(io, `columns of ${split.name}: ${told.join('; ')}`);
}

function say(io: Io, text: string): void {
  io.stderr.write(`${printable(text)}\n`);
}

function changed({ name }: Split): CliError {
  return new CliError(
    'CLI_EXAMPLES_CHANGED',
    `The examples of split "${name}" were others when they were read again, so cached scores cannot be joined with new ones.\nMake the dataset give the same examples each time, or use no cache: --no-cache.`,
  );
}
