import type { Io } from './io.ts';
import { printableLine } from './io.ts';

/** One line that says what is being done, while a person is watching. */
export interface StatusLine {
  show(text: string): void;
  /** Takes the line away. */
  clear(): void;
}

/** Shows nothing unless stderr is a terminal. */
export function startStatusLine(io: Io): StatusLine {
  if (!io.stderr.isTty) return { show: () => {}, clear: () => {} };
  const write = (text: string): void => io.stderr.write(`\r\u001b[2K${text}`);
  return { show: (text) => write(printableLine(text, (io.width ?? 80) - 1)), clear: () => write('') };
}
