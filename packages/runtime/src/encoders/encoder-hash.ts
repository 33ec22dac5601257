import { createHash } from 'node:crypto';
import type { EncoderRecord } from '@clamor/contract';

/** What of its record tells an encoder from others. */
export interface EncoderIdentity extends Pick<EncoderRecord, 'maxCharacters' | 'maxTokens' | 'output' | 'width'> {
  /** `null` for plain code. */
  readonly artifact: { readonly sha256: string } | null;
  readonly tokenizer: { readonly sha256: string } | null;
}

/**
 * What tells two encoders apart: two with the same hash give the same rows, so they share one engine, whatever packages and versions
 * they came in.
 *
 * Of an encoder that is data: SHA-256 over the JSON of artifact and tokenizer hash, bounds, width and output, in that order of names:
 * artifact, maxCharacters, maxTokens, output, tokenizer, width. Of plain code: the hash of its code and assets, since nothing else
 * says what it does.
 *
 * @param contentHash - Of the package, see `contentHashes`.
 * @returns 64 lower-case hex digits.
 */
export function encoderHash(record: EncoderIdentity, contentHash: string): string {
  const { artifact, maxCharacters, maxTokens, output, tokenizer, width } = record;
  if (artifact === null) return contentHash;
  const parts = {
    artifact: artifact.sha256,
    maxCharacters,
    maxTokens,
    output,
    tokenizer: tokenizer?.sha256 ?? null,
    width,
  };
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
