import type { Judgement } from '@clamor/contract';
import { describe, expect, it } from 'vitest';
import type { Mode } from '../state/suite-state.ts';
import { type AbsentMember, type MemberJudgement, joinJudgements } from './verdict.ts';

/** One member as the tables see it. */
interface Said {
  readonly mode: Mode;
  readonly judgement: Judgement;
  readonly isRequired: boolean;
}

const MODES: readonly Mode[] = ['active', 'shadow', 'off'];
const JUDGEMENTS: readonly Judgement[] = ['positive', 'negative', 'abstained', 'failed'];
const EVERY_MEMBER: readonly Said[] = MODES.flatMap((mode) =>
  JUDGEMENTS.flatMap((judgement) => [true, false].map((isRequired) => ({ mode, judgement, isRequired }))),
);
// None, one that the policy does without, one that it requires, and both.
const EVERY_ABSENCE: readonly (readonly boolean[])[] = [[], [false], [true], [false, true]];

/**
 * What one member brings to a verdict, word for word from the design: only active members count; a positive decides; a failure
 * is undetermined when the policy requires the member and degraded in any case; abstaining is not failing.
 */
const BRINGS: { readonly [judgement in Judgement]: { required: string; other: string } } = {
  positive: { required: 'P', other: 'P' },
  negative: { required: '.', other: '.' },
  abstained: { required: '.', other: '.' },
  failed: { required: 'U', other: 'D' },
};

/** The outcome of what all members bring: the first of these letters that occurs decides. */
const OUTCOMES: readonly (readonly [letter: string, outcome: string])[] = [
  ['P', 'positive'],
  ['U', 'undetermined'],
];

function wantedVerdict(members: readonly Said[], absent: readonly boolean[], whenUndetermined: string) {
  const brought = members.map(({ mode, judgement, isRequired }) =>
    mode === 'active' ? BRINGS[judgement][isRequired ? 'required' : 'other'] : '.',
  );
  const missing = absent.map((isRequired) => BRINGS.failed[isRequired ? 'required' : 'other']);
  const outcome = OUTCOMES.find(([letter]) => [...brought, ...missing].includes(letter))?.[1] ?? 'negative';
  return {
    outcome,
    decision: { positive: true, negative: false, undetermined: whenUndetermined === 'positive' }[outcome],
    positives: named(brought, 'P', 'member'),
    degraded: [...named(missing, 'UD', 'absent'), ...named(brought, 'UD', 'member')],
  };
}

/** Those that bring one of the wanted letters, by the name that they have in the verdict. */
function named(letters: readonly string[], wanted: string, name: string): string[] {
  return letters.flatMap((letter, i) => (wanted.includes(letter) ? [`${name}${i}`] : []));
}

function foundVerdict(
  members: readonly Said[],
  absent: readonly boolean[],
  whenUndetermined: 'positive' | 'negative',
): ReturnType<typeof wantedVerdict> {
  const judgements = members.map(toJudgement);
  const verdict = joinJudgements('k', judgements, {
    required: new Set(members.flatMap(({ isRequired }, i) => (isRequired ? [`member${i}`] : []))),
    absent: absent.map(toAbsent),
    whenUndetermined,
    suiteVersion: '',
    stateVersion: '',
  });
  return {
    outcome: verdict.outcome,
    decision: verdict.decision,
    positives: verdict.positives.map(({ member }) => member),
    degraded: verdict.degraded.map(({ member }) => member),
  };
}

function toJudgement({ mode, judgement }: Said, i: number): MemberJudgement {
  const score = { positive: 2, negative: 0, abstained: null, failed: null }[judgement];
  const reason = judgement === 'failed' ? { reason: { code: 'MEMBER_THREW', message: 'no' } } : {};
  return { member: `member${i}`, version: '1.0.0', mode, judgement, score, threshold: 1, timeMs: 0, ...reason };
}

function toAbsent(required: boolean, i: number): AbsentMember {
  return { member: `absent${i}`, required, reason: { code: 'MEMBER_IMPORT_FAILED', message: 'no' } };
}

/** Every suite of n members, each of them anything a member can be. */
function everySuite(n: number): Said[][] {
  if (n === 0) return [[]];
  return everySuite(n - 1).flatMap((others) => EVERY_MEMBER.map((member) => [...others, member]));
}

describe('joinJudgements over all that members can say', () => {
  // 24 kinds of member: 3 modes × 4 judgements × required or not; 4 absences; 2 policies.
  it.each([
    [0, 8],
    [1, 192],
    [2, 4_608],
  ])('gives %i members the verdict of the design, in each of %i cases', (n, cases) => {
    const { checked, wrong } = compareAll(n);
    expect(wrong).toEqual([]);
    expect(checked).toBe(cases);
  });

  it('gives 3 members the verdict of the design, in each of 110,592 cases', { tags: ['slow'] }, () => {
    const { checked, wrong } = compareAll(3);
    expect(wrong).toEqual([]);
    expect(checked).toBe(110_592);
  });
});

function compareAll(n: number): { checked: number; wrong: unknown[] } {
  const wrong: unknown[] = [];
  let checked = 0;
  for (const members of everySuite(n)) {
    for (const absent of EVERY_ABSENCE) {
      for (const whenUndetermined of ['positive', 'negative'] as const) {
        checked++;
        const found = foundVerdict(members, absent, whenUndetermined);
        const wanted = wantedVerdict(members, absent, whenUndetermined);
        if (JSON.stringify(found) !== JSON.stringify(wanted)) {
          wrong.push({ members, absent, whenUndetermined, found, wanted });
        }
      }
    }
  }
  return { checked, wrong: wrong.slice(0, 3) };
}
