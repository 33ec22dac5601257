import type { ScoredTable, SliceColumn } from '@clamor/evaluation';
import { assertMayEvaluate, type EvaluationSource, findSplit, type Split } from '@clamor/store';

import { CliError } from './errors.ts';
import { type MeasuredColumns, type MeasureOptions, measureColumns } from './measured-columns.ts';
import type { ExampleFacts } from './score-split.ts';

/** What {@link measureTable} takes. */
export interface MeasureTableOptions extends Omit<MeasureOptions, 'split'> {
  /** Name of a split of the source. */
  readonly split: string;
}

/** The active members of a suite on one split, with all that is known of its examples: what every command computes from. */
export interface MeasuredTable {
  readonly split: Split;
  /** Its `ids` are there only when the split has the role explore. */
  readonly table: ScoredTable;
  readonly columns: MeasuredColumns;
  /** Names of measured members without which a verdict is undetermined. */
  readonly required: readonly string[];
  /** What goes with every figure: thresholds in sample, members that are not among those measured. */
  readonly marks: readonly string[];
}

/**
 * Measures the members of a suite on a split, after making sure that none was fitted on its examples.
 *
 * @throws {CliError} `CLI_NO_EXAMPLES`, `CLI_MEMBERS_DIFFER`; {StoreError} `STORE_SPLIT_UNKNOWN`, `EVAL_TRAINED_ON`,
 * `STORE_ID_SET_UNKNOWN`
 */
export async function measureTable(options: MeasureTableOptions): Promise<MeasuredTable> {
  const { source, suite } = options;
  const split = findSplit(source.splits, options.split);
  const columns = await measureColumns({ ...options, split });
  if (columns.examples.length === 0) {
    throw new CliError(
      'CLI_NO_EXAMPLES',
      `Split "${split.name}" has ${split.ids.length} ids, of which ${columns.unreadable.length} could not be read and none was. Check its dataset.`,
    );
  }
  const inSample = thresholdsInSample(columns, source);
  const required = suite.members.filter((member) => suite.policy.required.includes(member.package));
  return {
    split,
    table: scoredTable(columns, split),
    columns,
    required: required.map(({ name }) => name).filter((name) => columns.members.some((one) => one.name === name)),
    marks: [...(inSample.length === 0 ? [] : [`threshold in sample: ${inSample.join(', ')}`]), ...columns.marks],
  };
}

/** @returns Names of the members whose threshold was chosen on examples that are measured. */
function thresholdsInSample({ members, examples }: MeasuredColumns, source: EvaluationSource): string[] {
  const ids = examples.map(({ id }) => id);
  return members.flatMap(({ name, fitted }) =>
    fitted !== null && assertMayEvaluate(fitted, ids, source.splits).includes('threshold in sample') ? [name] : [],
  );
}

function scoredTable({ examples, members }: MeasuredColumns, split: Split): ScoredTable {
  const isWeighted = examples.some(({ weight }) => weight !== undefined);
  const isClustered = examples.some(({ cluster }) => cluster !== undefined);
  return {
    labels: examples.map(({ label }) => label),
    weights: isWeighted ? examples.map(({ weight }) => weight ?? 1) : null,
    members: members.map(({ name, column, threshold }) => ({ name, column, threshold })),
    slices: sliceColumns(examples),
    ...(isClustered ? { clusters: examples.map(({ cluster }) => cluster ?? null) } : {}),
    ...(split.roles.includes('explore') ? { ids: examples.map(({ id }) => id) } : {}),
  };
}

function sliceColumns(examples: readonly ExampleFacts[]): SliceColumn[] {
  const names = new Set(examples.flatMap(({ slices = {} }) => Object.keys(slices)));
  return [...names].map((name) => ({ name, values: examples.map(({ slices }) => slices?.[name] ?? null) }));
}
