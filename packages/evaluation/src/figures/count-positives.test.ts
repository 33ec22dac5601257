import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryTable } from '../../test/arbitrary-table.ts';
import { countPositives } from './count-positives.ts';
import { evaluate } from './evaluate.ts';

describe('countPositives', () => {
  it('counts what evaluate counts', () => {
    fc.assert(
      fc.property(arbitraryTable(), (table) => {
        const { suite, members } = evaluate(table);
        expect(countPositives(table)).toEqual({
          suite: { truePositives: suite.truePositives, falsePositives: suite.falsePositives },
          members: members.map((member) => ({
            name: member.name,
            own: { truePositives: member.truePositives, falsePositives: member.falsePositives },
            unique: { truePositives: member.uniqueTruePositives, falsePositives: member.uniqueFalsePositives },
          })),
        });
      }),
    );
  });
});
