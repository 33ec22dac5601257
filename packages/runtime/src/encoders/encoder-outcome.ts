import type { BatchOutcome } from '../breaker/batch-outcome.ts';
import type { EncoderRun } from './encoder-run.ts';

/**
 * What a batch says of an encoder: `answered` when it encoded at least one text, `failed` when it failed on every one, `nothing` when
 * all rows were known and it was not called.
 *
 * @example encoderOutcome({ encoder: 0, timeMs: 0, hits: 3, misses: 0, failures: [] }) // 'nothing'
 */
export function encoderOutcome({ misses, failures }: Pick<EncoderRun, 'misses' | 'failures'>): BatchOutcome {
  if (misses === 0) return 'nothing';
  const failed = failures.reduce((sum, { texts }) => sum + texts, 0);
  return failed < misses ? 'answered' : 'failed';
}
