import type { LabelPlan } from '@clamor/evaluation';
import type { StoredJudgements, StoredLabels } from '@clamor/store';

import { CliError } from './errors.ts';

/** The examples that a plan is about, shape [n] each. */
export interface PlannedExamples {
  readonly keys: readonly string[];
  readonly labels: readonly (0 | 1 | null)[];
  /** `null`: 1 each. */
  readonly weights: readonly number[] | null;
}

/**
 * A plan as CSV: a row per chosen example, with an empty column for its label.
 *
 * `weight` is how many examples the label stands for: the sampling weight ÷ the inclusion probability.
 */
export function labelFileText(
  { chosen, strata }: LabelPlan,
  { keys, weights }: Omit<PlannedExamples, 'labels'>,
): string {
  const rows = chosen.map(({ example, stratum, inclusionProbability }) => {
    const names = [keys[example]!, strata[stratum]!.name].map(csvCell);
    return [...names, inclusionProbability, (weights?.[example] ?? 1) / inclusionProbability, ''].join(',');
  });
  return `${['key,stratum,inclusion_probability,weight,label', ...rows].join('\n')}\n`;
}

/**
 * The labels that came in, at the places of the examples that a plan chose.
 *
 * @returns Shape [n]; what was labelled before stays.
 * @throws {CliError} `CLI_LABELS_MISMATCH` when the file is not about exactly these examples.
 */
export function joinFilled(
  filled: StoredLabels,
  { chosen }: LabelPlan,
  { keys, labels }: Omit<PlannedExamples, 'weights'>,
): (0 | 1 | null)[] {
  const places = new Map(chosen.map(({ example }) => [keys[example]!, example]));
  const told = new Set(filled.keys);
  const foreign = filled.keys.filter((key) => !places.has(key)).length;
  const missing = [...places.keys()].filter((key) => !told.has(key)).length;
  if (foreign + missing > 0) {
    throw labelsMismatch(
      filled.file,
      `${foreign} of its ${filled.keys.length} keys were not chosen, and ${missing} that were are not in it.\nGive the examples, --budget, --seed and --bands that the file was written with, and no label of it anywhere else`,
    );
  }
  const joined = [...labels];
  for (const [i, key] of filled.keys.entries()) joined[places.get(key)!] = filled.labels[i]!;
  return joined;
}

/**
 * The keys of a table.
 *
 * @throws {CliError} `CLI_KEYS_MISSING`
 */
export function keysOf({ keys }: StoredJudgements, file: string): readonly string[] {
  if (keys !== null) return keys;
  throw new CliError(
    'CLI_KEYS_MISSING',
    `"${file}" has no column "key" or "id", so nobody could find the examples to label.\nAdd one with a key per example.`,
  );
}

/** An error for labels of other examples; `found` says which, and what to do. */
export function labelsMismatch(file: string, found: string): CliError {
  return new CliError('CLI_LABELS_MISMATCH', `The labels in "${file}" are of other examples: ${found}.`);
}

function csvCell(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
