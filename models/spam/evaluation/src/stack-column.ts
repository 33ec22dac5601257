import { FAILED, SCORED, type ScoreColumn, scoreColumn } from '@clamor/contract';

/** Coefficients of a logistic regression on the members' scores. */
export interface Stack {
  readonly bias: number;
  readonly members: readonly {
    readonly name: string;
    readonly weight: number;
    /** Taken from the score before it is weighted. */
    readonly centre: number;
    /** What an abstention adds. */
    readonly whenAbstained: number;
  }[];
}

/**
 * The stack's scores: bias + Σ weight · (score − centre), and what an abstention adds where a member abstained.
 *
 * @param columns - One per member of the stack, in its order, each shape [n].
 * @returns Shape [n]; failed where a member failed.
 */
export function stackColumn(stack: Stack, columns: readonly ScoreColumn[]): ScoreColumn {
  const n = columns[0]?.scores.length ?? 0;
  const scores = new Float64Array(n).fill(stack.bias);
  const status = new Uint8Array(n);
  const reasons = new Map<number, { code: string; message: string }>();
  for (const [j, { name, weight, centre, whenAbstained }] of stack.members.entries()) {
    const column = columns[j]!;
    for (let i = 0; i < n; i++) {
      if (column.status[i] === FAILED) {
        status[i] = FAILED;
        reasons.set(i, { code: 'BASELINE_MEMBER_FAILED', message: `Member "${name}" failed on this example.` });
      } else if (column.status[i] === SCORED) scores[i]! += weight * (column.scores[i]! - centre);
      else scores[i]! += whenAbstained;
    }
  }
  return scoreColumn(scores, status, reasons);
}
