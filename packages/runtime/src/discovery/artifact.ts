import { createHash } from 'node:crypto';
import type { MemberRecord } from '@clamor/contract';

/** What a record says of the artifact. */
export type ArtifactRecord = NonNullable<MemberRecord['artifact']>;

/**
 * Compares the bytes of an artifact with its record.
 *
 * @param file - Where they were read, for the message.
 * @returns What was found and wanted; `null` when the bytes are those of the record.
 */
export function artifactMismatch(
  bytes: Uint8Array,
  artifact: ArtifactRecord,
  file: string,
): { readonly found: string; readonly wanted: string } | null {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 === artifact.sha256) return null;
  return {
    found: `${file} with ${bytes.byteLength} bytes, SHA-256 ${sha256}`,
    wanted: `${artifact.sizeBytes} bytes, SHA-256 ${artifact.sha256}`,
  };
}
