import type { Judgement } from '@clamor/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mode } from '../state/suite-state.ts';
import { type MemberJudgement, type Verdict, type VerdictRules, joinJudgements } from './verdict.ts';

// DESIGN: adding or changing one member never changes another member's judgement, and adding one never takes a positive away. The
// decisions that change are exactly the new member's unique positives. Installing a broken member changes no verdict that the
// others give.

/** One member over n examples. */
interface Column {
  readonly mode: Mode;
  readonly isRequired: boolean;
  /** Shape [n]. */
  readonly said: readonly Judgement[];
}

const EXAMPLES = 6;

function columns(judgements: readonly Judgement[], isRequired: fc.Arbitrary<boolean>): fc.Arbitrary<Column> {
  return fc.record({
    mode: fc.constantFrom<Mode>('active', 'active', 'shadow'),
    isRequired,
    said: fc.array(fc.constantFrom(...judgements), { minLength: EXAMPLES, maxLength: EXAMPLES }),
  });
}

const ANY: readonly Judgement[] = ['positive', 'negative', 'abstained', 'failed'];
const OTHERS = fc.record({
  members: fc.array(columns(ANY, fc.boolean()), { maxLength: 5 }),
  isRequiredAbsent: fc.option(fc.boolean()),
  whenUndetermined: fc.constantFrom('positive' as const, 'negative' as const),
});
type Others = typeof OTHERS extends fc.Arbitrary<infer Value> ? Value : never;

/** The verdicts on all examples; the added member, when there is one, stands at the given place among the others. */
function judge(others: Others, added?: { readonly column: Column; readonly at: number }): Verdict[] {
  const named = others.members.map((column, i) => ({ name: `member${i}`, column }));
  const place = (added?.at ?? 0) % (named.length + 1);
  const all = added === undefined ? named : named.toSpliced(place, 0, { name: 'added', column: added.column });
  const reason = { code: 'MEMBER_IMPORT_FAILED', message: '' };
  const rules: VerdictRules = {
    required: new Set(all.filter(({ column }) => column.isRequired).map(({ name }) => name)),
    absent: others.isRequiredAbsent === null ? [] : [{ member: 'absent', required: others.isRequiredAbsent, reason }],
    whenUndetermined: others.whenUndetermined,
    suiteVersion: '',
    stateVersion: '',
  };
  return Array.from({ length: EXAMPLES }, (_, i) =>
    joinJudgements(
      `k${i}`,
      all.map(({ name, column }) => toJudgement(name, column, i)),
      rules,
    ),
  );
}

function toJudgement(member: string, { mode, said }: Column, i: number): MemberJudgement {
  const judgement = said[i] ?? 'failed';
  const score = { positive: 2, negative: 0, abstained: null, failed: null }[judgement];
  const reason = judgement === 'failed' ? { reason: { code: 'MEMBER_THREW', message: '' } } : {};
  return { member, version: '1.0.0', mode, judgement, score, threshold: 1, timeMs: 0, ...reason };
}

/** By the definition: this member is positive and counts, and no other active member is positive. */
function isUniquePositive(column: Column, others: Others, i: number): boolean {
  const isPositive = ({ mode, said }: Column): boolean => mode === 'active' && said[i] === 'positive';
  return isPositive(column) && !others.members.some(isPositive);
}

function withoutAdded(verdict: Verdict): unknown {
  return {
    ...verdict,
    judgements: verdict.judgements.filter(({ member }) => member !== 'added'),
    degraded: verdict.degraded.filter(({ member }) => member !== 'added'),
  };
}

/** What of a verdict knows no order. */
function withoutOrder({ outcome, decision, positives, degraded }: Verdict): unknown {
  return { outcome, decision, positives: positives.length, degraded: degraded.length };
}

const NOT_REQUIRED = fc.constant(false);

describe('the suite invariant', () => {
  it('holds: a new member changes nobody else’s judgement and takes no positive away (property)', () => {
    fc.assert(
      fc.property(OTHERS, columns(ANY, fc.boolean()), fc.nat(), (others, column, at) => {
        const before = judge(others);
        const after = judge(others, { column, at });
        const judgements = after.map((verdict) => verdict.judgements.filter(({ member }) => member !== 'added'));
        expect(judgements).toEqual(before.map((verdict) => verdict.judgements));
        const positive = before.map(({ outcome }, i) => outcome === 'positive' && after[i]?.outcome !== 'positive');
        expect(positive).not.toContain(true);
      }),
    );
  });

  it('holds: the outcomes that a new member changes are exactly its unique positives (property)', () => {
    fc.assert(
      fc.property(OTHERS, columns(ANY, NOT_REQUIRED), fc.nat(), (others, column, at) => {
        const before = judge(others);
        const after = judge(others, { column, at });
        const changed = before.map(({ outcome }, i) => outcome !== after[i]?.outcome);
        expect(changed).toEqual(before.map((_, i) => isUniquePositive(column, others, i)));
        // A decision that was positive for want of a required member stays positive: then only the outcome changes.
        const decided = before.map(({ decision }, i) => decision !== after[i]?.decision);
        expect(decided).toEqual(before.map(({ decision }, i) => isUniquePositive(column, others, i) && !decision));
        expect(after.every(({ decision }, i) => decision || before[i]?.decision === false)).toBe(true);
      }),
    );
  });

  it('holds: a broken member changes no verdict that the others give, and is named (property)', () => {
    fc.assert(
      fc.property(OTHERS, columns(['failed'], NOT_REQUIRED), fc.nat(), (others, column, at) => {
        const after = judge(others, { column, at });
        expect(after.map(withoutAdded)).toEqual(judge(others));
        const named = after.map(({ degraded }) => degraded.some(({ member }) => member === 'added'));
        expect(named).toEqual(after.map(() => column.mode === 'active'));
      }),
    );
  });

  it('holds: a shadow changes nothing but what is recorded, whatever it says (property)', () => {
    fc.assert(
      fc.property(OTHERS, columns(ANY, fc.boolean()), fc.nat(), (others, column, at) => {
        const after = judge(others, { column: { ...column, mode: 'shadow' }, at });
        expect(after.map(withoutAdded)).toEqual(judge(others));
        expect(after.map(({ judgements }) => judgements.length)).toEqual(after.map(() => others.members.length + 1));
      }),
    );
  });

  it('holds: the outcome and who was positive do not depend on the order of the members (property)', () => {
    fc.assert(
      fc.property(OTHERS, (others) => {
        const reversed = { ...others, members: others.members.toReversed() };
        expect(judge(reversed).map(withoutOrder)).toEqual(judge(others).map(withoutOrder));
      }),
    );
  });
});
