import { describe, expect, it } from 'vitest';
import { checkEncodeResult, failedEncodeResult } from './encoder-result.ts';

const shape = { count: 2, width: 2 };
const late = { code: 'ENCODER_DEADLINE', message: 'late' };

describe('checkEncodeResult', () => {
  it('takes bare rows as rows without reasons', () => {
    const rows = Float32Array.of(1, 2, 3, 4);
    expect(checkEncodeResult(rows, shape)).toEqual({ rows, reasons: new Map() });
  });

  it('keeps the reasons that the encoder gave, and does not look at those rows', () => {
    const rows = Float32Array.of(1, 2, Number.NaN, 0);
    expect(checkEncodeResult({ rows, reasons: new Map([[1, late]]) }, shape).reasons).toEqual(new Map([[1, late]]));
  });

  it('gives a row with a NaN or an infinity a reason', () => {
    const { reasons } = checkEncodeResult(Float32Array.of(Number.NaN, 2, 3, Infinity), shape);
    expect([...reasons.values()].map(({ code }) => code)).toEqual(['ENCODER_ROW_NOT_FINITE', 'ENCODER_ROW_NOT_FINITE']);
  });

  it('fails all texts when the length is not that of the texts, or there are no rows', () => {
    for (const answer of [Float32Array.of(1, 2, 3), undefined, { rows: [1, 2, 3, 4], reasons: new Map() }]) {
      const { rows, reasons } = checkEncodeResult(answer as never, shape);
      expect(rows).toHaveLength(4);
      expect([reasons.get(0)?.code, reasons.get(1)?.code]).toEqual([
        'ENCODER_SHAPE_MISMATCH',
        'ENCODER_SHAPE_MISMATCH',
      ]);
    }
  });
});

describe('failedEncodeResult', () => {
  it('gives every text the one reason', () => {
    expect([...failedEncodeResult(shape, late).reasons]).toEqual([
      [0, late],
      [1, late],
    ]);
  });
});
