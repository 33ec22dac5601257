import { errorMessage } from '@clamor/contract';
import type { EncodingSource } from '../encoders/encoding-source.ts';
import { type KnownEncodings, indexEncodings } from '../encoders/known-encodings.ts';
import type { SuiteEncoder } from '../encoders/suite-encoders.ts';
import { RuntimeError } from '../errors.ts';

/**
 * Asks a source for the rows that it knows of encoders, and makes them fit to be looked up.
 *
 * @returns By encoder hash.
 * @throws {RuntimeError} `SUITE_ENCODINGS_INVALID`
 */
export async function knownEncodings(
  source: EncodingSource | undefined,
  encoders: readonly Pick<SuiteEncoder, 'package' | 'hash' | 'width'>[],
): Promise<ReadonlyMap<string, KnownEncodings>> {
  const known = new Map<string, KnownEncodings>();
  for (const { package: name, hash, width } of encoders) {
    try {
      const column = (await source?.known(hash)) ?? null;
      if (column !== null) known.set(hash, indexEncodings(column, width));
    } catch (cause) {
      throw new RuntimeError(
        'SUITE_ENCODINGS_INVALID',
        `The source of encodings gives none for ${name} that can be used: ${errorMessage(cause)} Repair it, or load without it.`,
        { cause },
      );
    }
  }
  return known;
}
