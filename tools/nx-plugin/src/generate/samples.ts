import { NxError } from '../errors.ts';
import type { WorkspaceFiles } from './files.ts';
import type { KnownPackage, Workspace } from './workspace.ts';

/** An input that a sample is made of. */
export interface SampleInput {
  readonly key: string;
  readonly input: unknown;
}

const MAX_SAMPLES = 12;
const MIN_SAMPLES = 2;

/**
 * Inputs for the samples of a new member: those of a file, else the examples of the suite's own tests, else those of a
 * sibling's samples.
 *
 * @param file - Relative to the root; one JSON object with `input`, and perhaps `key`, per line.
 * @throws {NxError} `GENERATE_SAMPLES_MISSING`
 */
export function findSampleInputs(
  files: WorkspaceFiles,
  {
    workspace,
    suite,
    file,
  }: { readonly workspace: Workspace; readonly suite: KnownPackage; readonly file?: string | undefined },
): SampleInput[] {
  const siblings = workspace.packages.filter(
    ({ manifest }) => manifest.clamor?.kind === 'classifier' && manifest.clamor.suite === suite.manifest.clamor?.suite,
  );
  const candidates =
    file === undefined
      ? [`${suite.dir}/test/fixtures/examples.jsonl`, ...siblings.map(({ dir }) => `${dir}/assets/samples.jsonl`)]
      : [file];
  for (const candidate of candidates) {
    const inputs = readInputs(files.read(candidate) ?? '', candidate);
    if (inputs.length >= MIN_SAMPLES) return inputs.slice(0, MAX_SAMPLES);
  }
  throw new NxError(
    'GENERATE_SAMPLES_MISSING',
    `A member needs samples, and there are no ${MIN_SAMPLES} inputs in ${candidates.join(', ')}.\nGive a file with one { "key", "input" } per line: --samples inputs.jsonl.`,
  );
}

function readInputs(text: string, file: string): SampleInput[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line, i) => {
    const { key, input } = parseLine(line, `${file}:${i + 1}`);
    return { key: typeof key === 'string' ? key : `sample-${i + 1}`, input };
  });
}

function parseLine(line: string, place: string): { readonly key?: unknown; readonly input: unknown } {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && 'input' in value) return value;
  } catch {
    // Said below, as for JSON of another shape.
  }
  throw new NxError(
    'GENERATE_SAMPLES_MISSING',
    `${place} is no JSON object with "input".\nOne { "key", "input" } per line is wanted.`,
  );
}

/**
 * A threshold in the middle of the widest gap between scores, float32.
 *
 * @throws {NxError} `GENERATE_SAMPLES_ALIKE`
 * @example thresholdBetween([1, 2, 8]) // 5
 */
export function thresholdBetween(scores: readonly number[]): number {
  const sorted = [...new Set(scores)].toSorted((a, b) => a - b);
  let [widest, threshold] = [0, Number.NaN];
  for (const [i, high] of sorted.entries()) {
    const low = sorted[i - 1];
    if (low === undefined || high - low <= widest) continue;
    widest = high - low;
    threshold = Math.fround((low + high) / 2);
  }
  if (!Number.isNaN(threshold)) return threshold;
  throw new NxError(
    'GENERATE_SAMPLES_ALIKE',
    `All ${scores.length} samples have the score ${scores[0]}, so that no threshold lies between two of them.\nGive inputs that differ: --samples inputs.jsonl.`,
  );
}
