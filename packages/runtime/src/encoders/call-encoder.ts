import { type FailureReason, type LoadedEncoder, errorCode, errorMessage } from '@clamor/contract';
import { type Answer, guardedCall } from '../execution/guarded-call.ts';
import { readSafely } from '../execution/read-safely.ts';
import type { EncodedText } from './batch-encodings.ts';

/** How {@link callEncoder} is bounded. */
export interface CallEncoderOptions {
  /** Columns of a row. */
  readonly width: number;
  /** Epoch milliseconds. */
  readonly deadline: number;
  /** Settles when an error of the encoder comes up where nobody waits for it: its call has failed. */
  readonly uncaught?: Promise<FailureReason>;
}

/**
 * Encodes texts and trusts nothing that comes back.
 *
 * Texts of a call that throws, or gives another number of rows, are asked for again in halves until the deadline: only the poisonous
 * one fails.
 *
 * @param texts - Shape [n].
 * @returns Shape [n]: a row that the encoder cannot reach any more, or why there is none.
 */
export async function callEncoder(
  loaded: LoadedEncoder,
  texts: readonly string[],
  options: CallEncoderOptions,
): Promise<EncodedText[]> {
  if (texts.length === 0) return [];
  const { value, reason } = await callOnce(loaded, texts, options);
  const all = value ?? texts.map(() => reason);
  if (texts.length === 1 || all.some((encoded) => !isDivisible(encoded))) return all;
  const middle = texts.length >> 1;
  return [
    ...(await callEncoder(loaded, texts.slice(0, middle), options)),
    ...(await callEncoder(loaded, texts.slice(middle), options)),
  ];
}

/** Whether a text may fare better in another company. */
function isDivisible(encoded: EncodedText): boolean {
  return !(encoded instanceof Float32Array) && DIVISIBLE.has(encoded.code);
}

const DIVISIBLE: ReadonlySet<string> = new Set(['ENCODER_FAILED', 'ENCODER_SHAPE_MISMATCH']);

const LATE: FailureReason = { code: 'ENCODER_DEADLINE', message: 'The encoder did not answer before its deadline.' };

function callOnce(
  loaded: LoadedEncoder,
  texts: readonly string[],
  { width, deadline, uncaught }: CallEncoderOptions,
): Promise<Answer<EncodedText[]>> {
  const { length } = texts; // The list is the encoder's from here on, and it may change it.
  return guardedCall((context) => loaded.encode(texts, context), {
    deadline,
    uncaught,
    late: LATE,
    take: (returned) => takeRows(returned, length, width),
    thrown: (error) =>
      reasonOf(
        readSafely(() => errorCode(error)),
        readSafely(() => errorMessage(error)),
      ),
  });
}

/** Copies what an encoder returned; reading it may run code of the encoder, so whatever it throws is its reason. */
function takeRows(returned: unknown, length: number, width: number): Answer<EncodedText[]> {
  let found = `a ${typeof returned}`;
  try {
    const { rows, reasons } = toResult(returned);
    if (rows instanceof Float32Array && reasons instanceof Map) {
      const copy = new Float32Array(rows);
      const known = new Map<unknown, unknown>(Map.prototype.entries.call(reasons));
      if (copy.length === length * width) {
        const value = Array.from({ length }, (_, i) => {
          if (known.has(i)) return ownReason(known.get(i));
          const row = copy.slice(i * width, (i + 1) * width);
          return row.every(Number.isFinite) ? row : NOT_FINITE;
        });
        return { value };
      }
      found = `${copy.length} numbers`;
    }
  } catch (error) {
    found = `rows that cannot be read (${readSafely(() => errorMessage(error)) ?? 'they throw'})`;
  }
  const message = `The encoder gave ${found} for ${length} texts; wanted are ${length} rows of ${width} in one Float32Array.`;
  return { reason: { code: 'ENCODER_SHAPE_MISMATCH', message } };
}

function toResult(returned: unknown): { readonly rows?: unknown; readonly reasons?: unknown } {
  if (returned instanceof Float32Array) return { rows: returned, reasons: new Map() };
  return returned ?? {};
}

const NOT_FINITE: FailureReason = {
  code: 'ENCODER_ROW_NOT_FINITE',
  message: 'The row has a number that is not finite.',
};

// What an encoder may say of itself. Any other code would be somebody else's, so it stands in the message.
const OWN_CODES: ReadonlySet<string> = new Set([
  'ENCODER_DEADLINE',
  'ENCODER_FAILED',
  'ENCODER_ROW_NOT_FINITE',
  'ENCODER_SHAPE_MISMATCH',
]);

function reasonOf(code: string | undefined, message = 'The encoder gave no reason.'): FailureReason {
  if (code !== undefined && OWN_CODES.has(code)) return { code, message };
  return { code: 'ENCODER_FAILED', message: code === undefined ? message : `${code}: ${message}` };
}

/** The reason that an encoder gives for a text. */
function ownReason(given: unknown): FailureReason {
  const reason = (given ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  return reasonOf(
    readSafely(() => reason.code),
    readSafely(() => reason.message),
  );
}
