import { type EncodeResult, type FailureReason, errorCode, errorMessage } from '@clamor/contract';

/**
 * What an encoder answered, checked: rows of the right length, each finite or with a reason.
 *
 * @param answer - What `LoadedEncoder.encode` gave for n texts.
 * @param shape - The number n of texts, and the width that the encoder declares.
 * @returns A wrong length fails all n texts with `ENCODER_SHAPE_MISMATCH`, a NaN or infinity its text with
 * `ENCODER_ROW_NOT_FINITE`.
 * @example checkEncodeResult(Float32Array.of(1, NaN), { count: 2, width: 1 }).reasons.get(1)?.code // 'ENCODER_ROW_NOT_FINITE'
 */
export function checkEncodeResult(
  answer: Float32Array<ArrayBuffer> | EncodeResult,
  { count, width }: { readonly count: number; readonly width: number },
): EncodeResult {
  const rows = answer instanceof Float32Array ? answer : answer?.rows;
  const reasons = answer instanceof Float32Array ? null : answer?.reasons;
  if (!(rows instanceof Float32Array) || rows.length !== count * width) {
    return failedEncodeResult(
      { count, width },
      {
        code: 'ENCODER_SHAPE_MISMATCH',
        message: `The encoder gave ${rows instanceof Float32Array ? `${rows.length} numbers` : 'no Float32Array'} for ${count} texts; wanted ${count} rows of ${width}.`,
      },
    );
  }
  const checked = new Map<number, FailureReason>(reasons);
  for (let i = 0; i < count; i++) {
    const row = rows.subarray(i * width, (i + 1) * width);
    if (checked.has(i) || row.every(Number.isFinite)) continue;
    checked.set(i, { code: 'ENCODER_ROW_NOT_FINITE', message: 'The row has a number that is not finite.' });
  }
  return { rows, reasons: checked };
}

/**
 * A result in which every text failed for one reason.
 *
 * @example failedEncodeResult({ count: 1, width: 2 }, { code: 'ENCODER_DEADLINE', message: 'late' }).rows.length // 2
 */
export function failedEncodeResult(
  { count, width }: { readonly count: number; readonly width: number },
  reason: FailureReason,
): EncodeResult {
  return {
    rows: new Float32Array(count * width),
    reasons: new Map(Array.from({ length: count }, (_, i) => [i, reason])),
  };
}

/** The reason for which all texts of a call failed when it threw. */
export function thrownReason(error: unknown): FailureReason {
  return { code: errorCode(error) ?? 'ENCODER_FAILED', message: errorMessage(error) };
}
