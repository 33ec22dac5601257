/**
 * Bytes as people compare them, in powers of 1024.
 *
 * @example formatBytes(5_586_944) // '5.3 MiB'
 */
export function formatBytes(bytes: number): string {
  const mib = bytes / 2 ** 20;
  if (Math.abs(mib) >= 1024) return `${(mib / 1024).toFixed(1)} GiB`;
  return Math.abs(mib) >= 0.95 ? `${mib.toFixed(mib < 10 ? 1 : 0)} MiB` : `${Math.round(bytes / 1024)} KiB`;
}

/**
 * Milliseconds with three figures at most.
 *
 * @example formatMs(0.0123) // '0.012 ms'
 */
export function formatMs(ms: number): string {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(1)} s`;
  const digits = ms >= 100 ? 0 : ms >= 10 ? 1 : ms >= 1 ? 2 : 3;
  return `${ms.toFixed(digits)} ms`;
}
