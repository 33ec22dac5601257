// Question: in which order do a member's examples become positive while its threshold falls?
// Source: radix sort from the lowest digit (Knuth, TAOCP 3, 2nd ed. 1998, §5.2.5); float32 bits sort like numbers once the
// sign is flipped (Herf, Radix tricks, 2001, http://stereopsis.com/radix.html).
import { SCORED, type ScoreColumn } from '@clamor/contract';

/** 2¹¹ digits: three passes for 32 bits. */
const DIGIT = 11;
const DIGITS = 1 << DIGIT;
/** The bits of −0, which is equal to 0 and must not come after it. */
const MINUS_ZERO = 0x80000000;

/**
 * The scored examples, highest score first; of equal scores, the earlier example first.
 *
 * Three passes over the column: a comparison sort takes ten times as long on 100,000 examples.
 *
 * @returns Shape [judged].
 * @example scoreOrder(column([0.1, null, 0.9], (score) => score)) // [2, 0]
 */
export function scoreOrder({ scores, status }: ScoreColumn): Uint32Array<ArrayBuffer> {
  const keys = descendingKeys(scores);
  let order = scoredExamples(status);
  for (let shift = 0; shift < 32; shift += DIGIT) order = sortedByDigit(order, keys, shift);
  return order;
}

/** Keys whose unsigned order is that of the scores, turned round. */
function descendingKeys(scores: Float32Array): Uint32Array {
  const keys = new Uint32Array(Float32Array.from(scores).buffer);
  for (let i = 0; i < keys.length; i++) {
    const bits = keys[i] === MINUS_ZERO ? 0 : keys[i]!;
    keys[i] = bits >>> 31 === 1 ? bits : ~(bits | 0x80000000);
  }
  return keys;
}

function scoredExamples(status: Uint8Array): Uint32Array<ArrayBuffer> {
  const examples = new Uint32Array(status.length);
  let count = 0;
  for (let i = 0; i < status.length; i++) if (status[i] === SCORED) examples[count++] = i;
  return examples.subarray(0, count);
}

/** Stable, so that the digits sorted before keep their order within this one. */
function sortedByDigit(order: Uint32Array, keys: Uint32Array, shift: number): Uint32Array<ArrayBuffer> {
  const digitOf = (example: number): number => (keys[example]! >>> shift) & (DIGITS - 1);
  const starts = new Uint32Array(DIGITS + 1);
  for (const example of order) starts[digitOf(example) + 1]!++;
  for (let digit = 0; digit < DIGITS; digit++) starts[digit + 1]! += starts[digit]!;
  const sorted = new Uint32Array(order.length);
  for (const example of order) sorted[starts[digitOf(example)]!++] = example;
  return sorted;
}
