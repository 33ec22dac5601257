import type { RuntimeErrorCode } from '../errors.ts';

/**
 * Reasons that say a member is not there at all: it was not called, or cannot be. All other failures are of one example or batch,
 * and it may well have seen what is in it.
 */
const OUT_OF_SERVICE: ReadonlySet<string> = new Set<RuntimeErrorCode | 'MEMBER_BREAKER_OPEN'>([
  'MEMBER_BREAKER_OPEN',
  'MEMBER_STOPPED',
  'MEMBER_CONTENT_CHANGED',
  'MEMBER_SUITE_RANGE',
  'MEMBER_RECORD_INVALID',
  'MEMBER_ARTIFACT_MISSING',
  'MEMBER_ARTIFACT_MISMATCH',
  'MEMBER_IMPORT_FAILED',
  'MEMBER_SHAPE_INVALID',
  'MEMBER_LOAD_FAILED',
  'MEMBER_LOAD_TIMEOUT',
  'MEMBER_SAMPLES_INVALID',
  'MEMBER_SAMPLES_MISMATCH',
  'PACKAGE_CONTRACT_MISMATCH',
  'ENCODER_BREAKER_OPEN',
  'ENCODER_STOPPED',
  'ENCODER_CONTENT_CHANGED',
  'ENCODER_MISSING',
  'ENCODER_MANIFEST_INVALID',
  'ENCODER_CONTRACT_MISMATCH',
  'ENCODER_RANGE',
  'ENCODER_RECORD_INVALID',
  'ENCODER_ARTIFACT_MISSING',
  'ENCODER_ARTIFACT_MISMATCH',
  'ENCODER_WIDTH_MISMATCH',
  'ENCODER_IMPORT_FAILED',
  'ENCODER_DEFINITION_INVALID',
  'ENCODER_LOAD_FAILED',
  'ENCODER_LOAD_TIMEOUT',
]);

/** Whether a member that failed with this code is out of service, and not only late or thrown off by one example. */
export function isOutOfService(code: string | undefined): boolean {
  return code !== undefined && OUT_OF_SERVICE.has(code);
}
