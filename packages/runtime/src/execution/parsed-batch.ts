import { FAILED, type FailureReason, type ScoreColumn, type Suite } from '@clamor/contract';
import { parseExample } from './parse-example.ts';
import type { Progress } from './progress-cell.ts';
import type { ExampleInput } from './worker-protocol.ts';

/** A batch as the suite reads it. */
export interface ParsedBatch {
  /** Of the batch: those that could not be read included. */
  readonly length: number;
  /** Those that could be read. */
  readonly examples: readonly unknown[];
  /** Index in the batch of each of them. */
  readonly places: readonly number[];
  readonly unreadable: ReadonlyMap<number, FailureReason>;
}

/** Parses a batch, one example after the other. */
export async function parseBatch(
  suite: Suite,
  inputs: readonly ExampleInput[],
  progress: Progress,
): Promise<ParsedBatch> {
  const examples: unknown[] = [];
  const places: number[] = [];
  const unreadable = new Map<number, FailureReason>();
  for (const [i, { input }] of inputs.entries()) {
    progress.publish('parsing', i);
    const parsed = await parseExample(suite, input);
    if ('error' in parsed) unreadable.set(i, parsed.error);
    else {
      examples.push(parsed.example);
      places.push(i);
    }
  }
  return { length: inputs.length, examples, places, unreadable };
}

/** A column over the readable examples as one over the batch. */
export function spread(column: ScoreColumn, { places, unreadable, length }: ParsedBatch): ScoreColumn {
  if (places.length === length) return column;
  const scores = new Float32Array(length).fill(Number.NaN);
  const status = new Uint8Array(length).fill(FAILED);
  const reasons = new Map(unreadable);
  for (const [row, place] of places.entries()) {
    scores[place] = column.scores[row] ?? Number.NaN;
    status[place] = column.status[row] ?? FAILED;
    const reason = column.reasons.get(row);
    if (reason !== undefined) reasons.set(place, reason);
  }
  return { scores, status, reasons };
}
