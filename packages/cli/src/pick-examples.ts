import { failedColumn, type FailureReason, type ScoreColumn, scoreColumn } from '@clamor/contract';

/** Where each wanted id stands among others; all must be there. */
export function placesOf(ids: readonly string[], wanted: readonly string[]): number[] {
  const places = new Map(ids.map((id, i) => [id, i]));
  return wanted.map((id) => places.get(id)!);
}

/** A column at some places; one without examples stays empty. */
export function pickExamples(column: ScoreColumn, places: readonly number[]): ScoreColumn {
  if (column.scores.length === 0) return failedColumn(0, { code: 'MEMBER_RESULT_INVALID', message: '' });
  const reasons = new Map<number, FailureReason>();
  for (const [to, from] of places.entries()) {
    const reason = column.reasons.get(from);
    if (reason !== undefined) reasons.set(to, reason);
  }
  return scoreColumn(
    places.map((i) => column.scores[i]!),
    places.map((i) => column.status[i]!),
    reasons,
  );
}
