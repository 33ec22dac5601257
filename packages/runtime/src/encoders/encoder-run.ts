import type { FailureReason } from '@clamor/contract';
import type { EncodingColumn } from './encoding-source.ts';

/** What an encoder did for a batch, or for a part of it. */
export interface EncoderRun {
  /** Its index among the encoders of the suite. */
  readonly encoder: number;
  /** Milliseconds that the encoder took; looking up what is known is not counted. */
  readonly timeMs: number;
  /** Texts whose rows were known: in the cache, or from a source. Each text of a batch counts once. */
  readonly hits: number;
  /** Texts that were encoded, or were to be: those that failed included. */
  readonly misses: number;
  /** Of the misses: texts that failed by code, with the message of the first. */
  readonly failures: readonly { readonly code: string; readonly message: string; readonly texts: number }[];
  /** Rows that were encoded anew, where they are wanted. */
  readonly rows?: EncodingColumn;
}

/** Texts of a run that failed, by code. */
export function failuresOf(reasons: Iterable<FailureReason>): EncoderRun['failures'] {
  const failures = new Map<string, { readonly code: string; readonly message: string; texts: number }>();
  for (const { code, message } of reasons) {
    const known = failures.get(code);
    if (known === undefined) failures.set(code, { code, message, texts: 1 });
    else known.texts += 1;
  }
  return [...failures.values()];
}

/** Several runs of one encoder as one: what it did for all parts of a batch. The rows are left out. */
export function sumRuns(runs: readonly EncoderRun[]): EncoderRun[] {
  return [...Map.groupBy(runs, ({ encoder }) => encoder)].map(([encoder, of]) => ({
    encoder,
    timeMs: of.reduce((sum, { timeMs }) => sum + timeMs, 0),
    hits: of.reduce((sum, { hits }) => sum + hits, 0),
    misses: of.reduce((sum, { misses }) => sum + misses, 0),
    failures: [
      ...Map.groupBy(
        of.flatMap(({ failures }) => failures),
        ({ code }) => code,
      ).values(),
    ].map((same) => ({
      code: same[0]?.code ?? '',
      message: same[0]?.message ?? '',
      texts: same.reduce((sum, { texts }) => sum + texts, 0),
    })),
  }));
}
