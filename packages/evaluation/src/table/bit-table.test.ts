import { describe, expect, it } from 'vitest';
import { toBitTable } from './bit-table.ts';
import type { EvaluationError } from '../errors.ts';
import type { JudgementCode, Label } from './judgement-table.ts';

function faultsOf(run: () => unknown): { code: string; faults: string[]; message: string } {
  try {
    run();
  } catch (error) {
    const { code, faults, message } = error as EvaluationError;
    return { code, faults: faults.map((fault) => fault.code), message };
  }
  throw new Error('nothing was thrown');
}

describe('toBitTable', () => {
  it('puts example 32 into the first bit of the second word', () => {
    const judgements = Array.from({ length: 33 }, (_, i): JudgementCode => (i === 32 ? 1 : 0));
    const table = toBitTable({ labels: judgements.map(() => null), members: [{ name: 'a', judgements }] });
    expect([...table.members[0]!.positive]).toEqual([0, 1]);
  });

  it('keeps the four judgements apart', () => {
    const { members } = toBitTable({
      labels: [1, 1, 1, 1],
      members: [{ name: 'a', judgements: [1, 0, null, 'failed'] }],
    });
    expect(members[0]).toEqual({
      name: 'a',
      positive: Uint32Array.of(0b0001),
      abstained: Uint32Array.of(0b0100),
      failed: Uint32Array.of(0b1000),
    });
  });

  it('reports all faults together, the first one giving the code', () => {
    const wrong = {
      labels: [1, 2, null] as Label[],
      weights: [1, 0, Number.POSITIVE_INFINITY],
      members: [
        { name: 'a', judgements: [1, 0] as JudgementCode[] },
        { name: 'a', judgements: [1, undefined, 'maybe'] as JudgementCode[] },
      ],
    };
    expect(faultsOf(() => toBitTable(wrong))).toMatchObject({
      code: 'EVAL_MEMBER_DUPLICATE',
      faults: [
        'EVAL_MEMBER_DUPLICATE',
        'EVAL_LABEL_INVALID',
        'EVAL_WEIGHT_INVALID',
        'EVAL_WEIGHT_INVALID',
        'EVAL_LENGTH_MISMATCH',
        'EVAL_JUDGEMENT_INVALID',
        'EVAL_JUDGEMENT_INVALID',
      ],
    });
  });

  it('names member, place and value', () => {
    const judgements = ['yes'] as unknown as JudgementCode[];
    const { message } = faultsOf(() => toBitTable({ labels: [1], members: [{ name: 'words', judgements }] }));
    expect(message).toContain('Member "words" says "yes" of example 0');
  });

  it('tells ten faults and the number of the others', () => {
    const labels = Array.from({ length: 1000 }, () => 7) as unknown as Label[];
    const { faults, message } = faultsOf(() => toBitTable({ labels, members: [] }));
    expect(faults).toHaveLength(1000);
    expect(message.split('\n')).toHaveLength(11);
    expect(message).toContain('990 more');
  });

  it('refuses weights that are not one per example', () => {
    expect(faultsOf(() => toBitTable({ labels: [1, 0], weights: [1], members: [] })).code).toBe('EVAL_LENGTH_MISMATCH');
  });

  it('takes a table of bit columns as it is, and refuses bits beyond the last example', () => {
    const table = toBitTable({ labels: [1, 0, 1], members: [{ name: 'a', judgements: [1, 0, 0] }] });
    expect(toBitTable(table)).toBe(table);
    const stray = { ...table, labelledPositive: Uint32Array.of(0b1101) };
    expect(faultsOf(() => toBitTable(stray)).code).toBe('EVAL_LENGTH_MISMATCH');
    expect(faultsOf(() => toBitTable({ ...table, examples: 40 })).faults).toHaveLength(5);
  });
});
