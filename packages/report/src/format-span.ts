/**
 * A span of time with its two largest units.
 *
 * @param ms - Milliseconds; below 0 counts as 0.
 * @example formatSpan(11_520_000) // '3 h 12 min'
 */
export function formatSpan(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  const first = parts.findIndex(([value]) => value > 0);
  const shown = parts.slice(first, first + 2).filter(([value]) => value > 0);
  return first < 0 ? '0 s' : shown.map(([value, unit]) => `${value} ${unit}`).join(' ');
}
