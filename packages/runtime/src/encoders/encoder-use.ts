import type { VerdictEncoder } from '../verdict/verdict.ts';
import { type EncoderRun, sumRuns } from './encoder-run.ts';
import type { SuiteEncoder } from './suite-encoders.ts';

/** What an encoder did for a batch, by name. */
export interface EncoderUse extends Omit<EncoderRun, 'encoder' | 'rows'> {
  /** Its index in the plan. */
  readonly index: number;
  /** Full package name. */
  readonly encoder: string;
  readonly version: string;
}

/** Runs by the names of their encoders. */
export function encoderUses(runs: readonly EncoderRun[], encoders: readonly SuiteEncoder[]): EncoderUse[] {
  return runs.map(({ encoder: index, timeMs, hits, misses, failures }) => {
    const { package: encoder = '', version = '' } = encoders[index] ?? {};
    return { index, encoder, version, timeMs, hits, misses, failures };
  });
}

/** What encoders did for the parts of a batch, as one per encoder. */
export function sumUses(uses: readonly EncoderUse[]): EncoderUse[] {
  const runs = uses.map(({ index, timeMs, hits, misses, failures }) => {
    return { encoder: index, timeMs, hits, misses, failures };
  });
  return sumRuns(runs).map(({ encoder: index, ...run }) => {
    const { encoder = '', version = '' } = uses.find((use) => use.index === index) ?? {};
    return { index, encoder, version, ...run };
  });
}

/** As a verdict tells it. */
export function toVerdictEncoder(use: EncoderUse, examples: number): VerdictEncoder {
  const { encoder, version, timeMs, hits, misses } = use;
  return { encoder, version, timeMs: timeMs / Math.max(1, examples), hits, misses };
}
