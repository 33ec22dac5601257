import { failedColumn, type FailureReason, type ScoreColumn, scoreColumn } from '@clamor/contract';
import type { RunningSuite, SuiteMember } from '@clamor/runtime';
import {
  assertSameDataset,
  type EvaluationSource,
  type FittedOn,
  type LabelledExample,
  type Split,
  type StoredColumns,
} from '@clamor/store';

import { CliError } from './errors.ts';
import type { Io } from './io.ts';
import { startProgress } from './progress.ts';

/** What is known of an example without its input. */
export type ExampleFacts = Omit<LabelledExample, 'input'>;

/** One member on the examples measured. */
export interface MeasuredMember {
  readonly name: string;
  readonly version: string;
  readonly threshold: number;
  /** Shape [n]. */
  readonly column: ScoreColumn;
  /** `null` for a member that is not loaded: it has failed on all examples, and nobody knows what it was fitted on. */
  readonly fitted: FittedOn | null;
}

/** The members of a suite on the examples of one split. */
export interface MeasuredColumns {
  /** Shape [n]: the examples that could be read. */
  readonly examples: readonly ExampleFacts[];
  readonly members: readonly MeasuredMember[];
  /** Examples that could not be read, in none of the columns. */
  readonly unreadable: readonly { readonly id: string; readonly reason: FailureReason }[];
  /** For people: which fit the scores come from. */
  readonly fit: string;
  /** What the reader of the figures must know: members that are not among them. */
  readonly marks: readonly string[];
}

/** What both ways of getting columns take. */
export interface MeasureOptions {
  readonly source: EvaluationSource;
  readonly split: Split;
  readonly suite: RunningSuite;
  readonly io: Io;
}

/**
 * The stored columns of a split when its evaluation gives some; otherwise the installed members score its examples.
 *
 * @param columns - Stored columns of another evaluation (another version of it), or `undefined` where that has none.
 */
export async function measureColumns(
  options: MeasureOptions,
  columns: EvaluationSource['columns'] = (split) => options.source.columns?.(split) ?? Promise.resolve(undefined),
): Promise<MeasuredColumns> {
  const stored = await columns(options.split.name);
  return stored === undefined ? await scoreSplit(options) : await joinStored(stored, options);
}

async function scoreSplit({ source, split, suite, io }: MeasureOptions): Promise<MeasuredColumns> {
  const examples: ExampleFacts[] = [];
  async function* inputs(): AsyncGenerator<{ key: string; input: unknown }> {
    for await (const { input, ...facts } of source.examples(split.name)) {
      examples.push(facts);
      yield { key: facts.id, input };
    }
  }
  const progress = startProgress(io, { label: split.name, total: split.ids.length });
  try {
    const table = await suite.score(inputs(), { signal: io.signal, onProgress: (done) => progress.update(done) });
    const readable = [...examples.keys()].filter((i) => !table.unreadable.has(i));
    const active = suite.members.filter((member) => member.mode === 'active');
    // A member that never ran would make every unique positive unknown. It is left out and said so, unless the policy
    // requires it: then its failure decides verdicts.
    const measured = active.filter(
      ({ fault, package: name }) => fault === null || suite.policy.required.includes(name),
    );
    return {
      examples: readable.map((i) => examples[i]!),
      members: measured.map(({ name, version, record }) => ({
        name,
        version,
        threshold: record?.threshold ?? 0,
        column: pick(table.columns.get(name)!, readable),
        fitted: record === null ? null : { name, fit: record.fit, outOfFold: false },
      })),
      unreadable: [...table.unreadable].map(([i, reason]) => ({ id: examples[i]!.id, reason })),
      fit: 'fit of the installed members',
      marks: active
        .filter((member) => !measured.includes(member))
        .map(({ name, fault }) => `${name} is not loaded [${fault?.code}] and not measured`),
    };
  } finally {
    progress.stop();
  }
}

async function joinStored(stored: StoredColumns, { source, split, suite }: MeasureOptions): Promise<MeasuredColumns> {
  assertSameDataset(
    stored.columns.map(({ manifest }) => manifest),
    source,
  );
  const examples: ExampleFacts[] = [];
  for await (const { input: _, ...facts } of source.examples(split.name)) examples.push(facts);
  const all = stored.columns.filter(({ manifest }) => manifest.kind === 'member');
  const installed = new Map(
    suite.members.filter(({ mode }) => mode === 'active').map((member) => [member.name, member]),
  );
  const columns = all.filter(({ manifest }) => installed.has(manifest.name));
  const isOutOfFold = columns.every(({ manifest }) => manifest.outOfFold);
  return {
    examples,
    members: columns.map(({ manifest, ids, column }) => ({
      name: manifest.name,
      version: manifest.version,
      threshold: manifest.threshold,
      column: pick(column, placesOf(examples, ids, { member: manifest.name, split: split.name })),
      fitted: manifest,
    })),
    unreadable: [],
    fit: isOutOfFold ? 'stored scores, out of fold' : 'stored scores of another fit than the installed one',
    marks: storedMarks(columns, [...installed.values()]),
  };
}

function storedMarks(columns: StoredColumns['columns'], installed: readonly SuiteMember[]): string[] {
  return installed.flatMap(({ name, version }) => {
    const found = columns.find(({ manifest }) => manifest.name === name)?.manifest;
    if (found === undefined) return [`${name} has no stored scores on this split and is not measured`];
    return found.version === version ? [] : [`${name}: scores of version ${found.version}, installed is ${version}`];
  });
}

function placesOf(
  examples: readonly ExampleFacts[],
  ids: readonly string[],
  where: { member: string; split: string },
): number[] {
  const places = new Map(ids.map((id, i) => [id, i]));
  const missing = examples.filter(({ id }) => !places.has(id));
  if (missing.length > 0) {
    throw new CliError(
      'CLI_MEMBERS_DIFFER',
      `The stored column of "${where.member}" lacks ${missing.length} of the ${examples.length} examples of split "${where.split}" (${missing
        .slice(0, 3)
        .map(({ id }) => id)
        .join(', ')}).\nMake the columns of the split again.`,
    );
  }
  return examples.map(({ id }) => places.get(id)!);
}

/** A column at some places. */
function pick(column: ScoreColumn, places: readonly number[]): ScoreColumn {
  if (column.scores.length === 0) return failedColumn(0, { code: 'MEMBER_RESULT_INVALID', message: '' });
  const reasons = new Map<number, FailureReason>();
  for (const [to, from] of places.entries()) {
    const reason = column.reasons.get(from);
    if (reason !== undefined) reasons.set(to, reason);
  }
  return scoreColumn(
    places.map((i) => column.scores[i]!),
    places.map((i) => column.status[i]!),
    reasons,
  );
}
