import {
  baselineFigures,
  type BaselineFigures,
  type BitTable,
  columnsToTable,
  evaluate,
  positiveSets,
  uniquePositives,
} from '@clamor/evaluation';
import type { ReportSection, UniqueExamples } from '@clamor/report';
import { assertMayEvaluate, type EvaluationSource, findSplit, type Split } from '@clamor/store';

import { CliError } from './errors.ts';
import type { Io } from './io.ts';
import { type MeasuredColumns, measureColumns, type MeasureOptions } from './measured-columns.ts';

/** What {@link measureSplit} takes. */
export interface MeasureSplitOptions extends Omit<MeasureOptions, 'split'> {
  readonly split: string;
  /** Show examples on which one member alone is positive; the split must have the role explore. */
  readonly explore: boolean;
}

/** Unique examples shown per member: what a person reads in one sitting. */
const MAX_SHOWN = 50;

/** What a member got wrong is read first. */
const LABEL_RANK = { 0: 0, null: 1, 1: 2 };

/**
 * Measures the suite on a split of its dataset.
 *
 * @throws {CliError} `CLI_NO_EXAMPLES`, `CLI_SPLIT_NOT_EXPLORE`, `CLI_MEMBERS_DIFFER`; {StoreError} `STORE_SPLIT_UNKNOWN`,
 * `EVAL_TRAINED_ON`, `STORE_ID_SET_UNKNOWN`
 */
export async function measureSplit(options: MeasureSplitOptions): Promise<ReportSection> {
  const { source, suite, io } = options;
  const split = findSplit(source.splits, options.split);
  if (options.explore && !split.roles.includes('explore')) {
    throw new CliError(
      'CLI_SPLIT_NOT_EXPLORE',
      `Split "${split.name}" has the roles ${split.roles.join(', ')}; only examples of a split with the role explore may be read.\nUse --split ${split.name} for its figures alone.`,
    );
  }
  const measured = await measureColumns({ ...options, split });
  if (measured.examples.length === 0) {
    throw new CliError(
      'CLI_NO_EXAMPLES',
      `Split "${split.name}" has ${split.ids.length} ids, of which ${measured.unreadable.length} could not be read and none was. Check its dataset.`,
    );
  }
  const marks = checkEvidence(measured, source);
  const { labels, weights } = columnsOf(measured);
  const table = columnsToTable({ labels, weights, members: measured.members });
  const required = suite.members.filter((member) => suite.policy.required.includes(member.package));
  const baselines = await measureBaselines(measured, { source, split, io });
  return {
    split: split.name,
    roles: split.roles,
    dataset: source.dataset,
    description: split.description,
    fit: measured.fit,
    marks: [...(marks.length === 0 ? [] : [`threshold in sample: ${marks.join(', ')}`]), ...measured.marks],
    notes: baselines.notes,
    unreadable: measured.unreadable.length,
    evaluation: evaluate(table, {
      gate: { lossBudget: suite.policy.lossBudget, meritFloor: suite.policy.uniquePrecisionFloor },
      required: required.map(({ name }) => name).filter((name) => measured.members.some((one) => one.name === name)),
    }),
    baselines: baselines.figures,
    positiveSets: positiveSets(table),
    ...(options.explore ? { uniqueExamples: await uniqueExamples(measured, table, { source, split }) } : {}),
  };
}

/** @returns Names of the members whose threshold was chosen on examples that are measured. */
function checkEvidence({ members, examples }: MeasuredColumns, source: EvaluationSource): string[] {
  const ids = examples.map(({ id }) => id);
  return members.flatMap(({ name, fitted }) =>
    fitted !== null && assertMayEvaluate(fitted, ids, source.splits).includes('threshold in sample') ? [name] : [],
  );
}

function columnsOf({ examples }: MeasuredColumns): { labels: (0 | 1 | null)[]; weights: number[] | null } {
  const weighted = examples.some(({ weight }) => weight !== undefined);
  return {
    labels: examples.map(({ label }) => label),
    weights: weighted ? examples.map(({ weight }) => weight ?? 1) : null,
  };
}

interface Place {
  readonly source: EvaluationSource;
  readonly split: Split;
}

async function measureBaselines(
  measured: MeasuredColumns,
  { source, split, io }: Place & { readonly io: Io },
): Promise<{ figures: BaselineFigures[]; notes: string[] }> {
  const ids = measured.examples.map(({ id }) => id);
  const { labels, weights } = columnsOf(measured);
  const members = measured.members.map(({ name, version, threshold, column }) => ({
    name,
    version,
    threshold,
    column,
  }));
  const baselines = (await source.baselines?.({ split: split.name, ids, labels, members, signal: io.signal })) ?? [];
  const notes: string[] = [];
  const figures = baselines.map(({ name, description, threshold, column, fit, outOfFold = false }) => {
    const marks = fit === undefined ? [] : assertMayEvaluate({ name, fit, outOfFold }, ids, source.splits);
    const [failure] = column.reasons.values();
    const failed = failure === undefined ? '' : ` It failed on ${column.reasons.size} examples: ${failure.message}.`;
    notes.push(`${name}: ${description}${marks.length > 0 ? ` (${marks.join(', ')})` : ''}${failed}`);
    return baselineFigures({ name, labels, weights, column, threshold });
  });
  return { figures, notes };
}

/** Per member, its unique positives: label 0 first, then nearest to the threshold first, at most {@link MAX_SHOWN}. */
async function uniqueExamples(
  measured: MeasuredColumns,
  table: BitTable,
  { source, split }: Place,
): Promise<UniqueExamples[]> {
  const chosen = measured.members.map((member) => {
    const score = (i: number): number => member.column.scores[i]!;
    const unique = uniquePositives(table, member.name).toSorted(
      (a, b) => rankOf(measured, a) - rankOf(measured, b) || score(a) - score(b),
    );
    return { member, shown: unique.slice(0, MAX_SHOWN) };
  });
  const titles = await readTitles(new Set(chosen.flatMap(({ shown }) => shown.map((i) => measured.examples[i]!.id))), {
    source,
    split,
  });
  return chosen.map(({ member, shown }) => ({
    member: member.name,
    items: shown.map((i) => {
      const { id, label } = measured.examples[i]!;
      return {
        title: titles.get(id) ?? id,
        score: member.column.scores[i]!,
        threshold: member.threshold,
        label,
        key: id,
      };
    }),
  }));
}

function rankOf({ examples }: MeasuredColumns, i: number): number {
  return LABEL_RANK[`${examples[i]!.label}`];
}

/** Inputs are not kept while a split is scored, so the few that are shown are read again. */
async function readTitles(ids: ReadonlySet<string>, { source, split }: Place): Promise<Map<string, string>> {
  const titles = new Map<string, string>();
  if (ids.size === 0 || source.describe === undefined) return titles;
  for await (const example of source.examples(split.name)) {
    if (!ids.has(example.id)) continue;
    titles.set(example.id, source.describe(example).title);
    if (titles.size === ids.size) break;
  }
  return titles;
}
