import type { MemberJudgement, Verdict } from '@clamor/runtime';

/**
 * What some members say of examples: one line per example, everything but how long it took. Two runs agree when these
 * lines are equal.
 *
 * @param members - Names; others are left out.
 * @example
 * // said(verdicts, ['cash']) // ['text-0: cash@1.0.0 active positive 2 ≥ 1', …]
 */
export function said(verdicts: readonly Verdict[], members: readonly string[]): string[] {
  return verdicts.map(({ key, judgements }) => {
    const lines = judgements.filter(({ member }) => members.includes(member)).map(describe);
    return `${key}: ${lines.join(', ')}`;
  });
}

function describe({ member, version, mode, judgement, score, threshold, reason }: MemberJudgement): string {
  const why = score === null ? (reason?.code ?? '') : `${score} ${score >= threshold ? '≥' : '<'} ${threshold}`;
  return `${member}@${version} ${mode} ${judgement} ${why}`.trimEnd();
}
