import type { FailureReason, ScoreColumn } from '@clamor/contract';
import type { SuiteMember } from '@clamor/runtime';
import { assertSameDataset, type EvaluationSource, type FittedOn, type StoredColumns } from '@clamor/store';

import { CliError } from './errors.ts';
import { pickExamples, placesOf } from './pick-examples.ts';
import { type ExampleFacts, scoreSplit, type ScoreSplitOptions } from './score-split.ts';

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
export interface MeasureOptions extends ScoreSplitOptions {
  /** Members in shadow that are measured as if they were active: those that a gate is about. */
  readonly candidates?: readonly SuiteMember[];
}

/**
 * The stored columns of a split when its evaluation gives some; otherwise the scores of the installed members on its examples.
 *
 * @param columns - Stored columns of another evaluation (another version of it), or `undefined` where that has none.
 */
export async function measureColumns(
  options: MeasureOptions,
  columns: EvaluationSource['columns'] = (split) => options.source.columns?.(split) ?? Promise.resolve(undefined),
): Promise<MeasuredColumns> {
  const stored = await columns(options.split.name);
  return stored === undefined ? await scoreInstalled(options) : await joinStored(stored, options);
}

async function scoreInstalled(options: MeasureOptions): Promise<MeasuredColumns> {
  const { suite } = options;
  const members = membersToMeasure(options);
  // A member that never ran would make every unique positive unknown. It is left out and said so, unless the policy
  // requires it: then its failure decides verdicts.
  const measured = members.filter(({ fault, package: name }) => fault === null || suite.policy.required.includes(name));
  const { facts, columns, unreadable } = await scoreSplit(options, measured);
  const readable = [...facts.keys()].filter((i) => !unreadable.has(i));
  return {
    examples: readable.map((i) => facts[i]!),
    members: measured.map(({ name, version, record }) => ({
      name,
      version,
      threshold: record?.threshold ?? 0,
      column: pickExamples(columns.get(name)!, readable),
      fitted: record === null ? null : { name, fit: record.fit, outOfFold: false },
    })),
    unreadable: [...unreadable].map(([i, reason]) => ({ id: facts[i]!.id, reason })),
    fit: 'fit of the installed members',
    marks: [
      ...members
        .filter((member) => !measured.includes(member))
        .map(({ name, fault }) => `${name} is not loaded [${fault?.code}] and not measured`),
      ...shadowMarks(options),
    ],
  };
}

/** The members that count, and candidates in shadow. */
function membersToMeasure({ suite, candidates = [] }: MeasureOptions): SuiteMember[] {
  return suite.members.filter(
    ({ mode, dir }) => mode === 'active' || candidates.some((candidate) => candidate.dir === dir),
  );
}

/** Members none of whose versions is measured. */
function shadowMarks(options: MeasureOptions): string[] {
  const measured = new Set(membersToMeasure(options).map(({ name }) => name));
  const others = new Set(options.suite.members.map(({ name }) => name).filter((name) => !measured.has(name)));
  return [...others].map((name) => `${name} is in shadow and not measured`);
}

async function joinStored(stored: StoredColumns, options: MeasureOptions): Promise<MeasuredColumns> {
  const { source, split } = options;
  assertSameDataset(
    stored.columns.map(({ manifest }) => manifest),
    source,
  );
  const examples: ExampleFacts[] = [];
  for await (const { input: _, ...facts } of source.examples(split.name)) examples.push(facts);
  const all = stored.columns.filter(({ manifest }) => manifest.kind === 'member');
  const installed = new Map(membersToMeasure(options).map((member) => [member.name, member]));
  const columns = all.filter(({ manifest }) => installed.has(manifest.name));
  const fresh = await scoreUnstored(options, new Set(columns.map(({ manifest }) => manifest.name)));
  const isOutOfFold = columns.every(({ manifest }) => manifest.outOfFold);
  return {
    examples,
    members: [
      ...columns.map(({ manifest, ids, column }) => ({
        name: manifest.name,
        version: manifest.version,
        threshold: manifest.threshold,
        column: pickExamples(column, storedPlaces(examples, ids, { member: manifest.name, split: split.name })),
        fitted: manifest,
      })),
      ...fresh,
    ],
    unreadable: [],
    fit: isOutOfFold ? 'stored scores, out of fold' : 'stored scores of another fit than the installed one',
    marks: [
      ...fresh.map(({ name }) => `${name} has no stored scores on this split: the installed version is scored`),
      ...storedMarks(
        columns,
        [...installed.values()].filter(({ name }) => fresh.every((each) => each.name !== name)),
      ),
      ...shadowMarks(options),
    ],
  };
}

/**
 * Candidates that no fit behind the stored columns knows: a member that was made today. Whether it was fitted on these examples is
 * checked with all others, by its record.
 */
async function scoreUnstored(options: MeasureOptions, stored: ReadonlySet<string>): Promise<MeasuredMember[]> {
  const missing = (options.candidates ?? []).filter(({ name, fault }) => fault === null && !stored.has(name));
  if (missing.length === 0) return [];
  const { columns } = await scoreSplit(options, missing);
  return missing.map(({ name, version, record }) => ({
    name,
    version,
    threshold: record?.threshold ?? 0,
    column: columns.get(name)!,
    fitted: record === null ? null : { name, fit: record.fit, outOfFold: false },
  }));
}

function storedMarks(columns: StoredColumns['columns'], installed: readonly SuiteMember[]): string[] {
  return installed.flatMap(({ name, version }) => {
    const found = columns.find(({ manifest }) => manifest.name === name)?.manifest;
    if (found === undefined) return [`${name} has no stored scores on this split and is not measured`];
    return found.version === version ? [] : [`${name}: scores of version ${found.version}, installed is ${version}`];
  });
}

function storedPlaces(
  examples: readonly ExampleFacts[],
  ids: readonly string[],
  where: { member: string; split: string },
): number[] {
  const known = new Set(ids);
  const missing = examples.filter(({ id }) => !known.has(id));
  if (missing.length > 0) {
    throw new CliError(
      'CLI_MEMBERS_DIFFER',
      `The stored column of "${where.member}" lacks ${missing.length} of the ${examples.length} examples of split "${where.split}" (${missing
        .slice(0, 3)
        .map(({ id }) => id)
        .join(', ')}).\nMake the columns of the split again.`,
    );
  }
  return placesOf(
    ids,
    examples.map(({ id }) => id),
  );
}
