/**
 * A float32 number in the fewest digits that give it back: what people read in messages.
 *
 * @example shownScore(Math.fround(0.3)) // '0.3', where String gives 0.30000001192092896
 */
export function shownScore(score: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(score.toPrecision(digits));
    if (Math.fround(short) === score) return String(short);
  }
  return String(Number(score.toPrecision(9)));
}
