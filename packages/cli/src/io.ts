/** Where text goes. */
export interface TextSink {
  write(text: string): void;
  /** Whether a person is watching; then there may be progress and colour. */
  readonly isTty: boolean;
}

/** Everything a command touches of the process, so that a test can stand in for it. */
export interface Io {
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Results. */
  readonly stdout: TextSink;
  /** Progress, faults and errors. */
  readonly stderr: TextSink;
  /** Folder that relative paths and the discovery start from. */
  readonly cwd: string;
  /** Aborted by SIGINT, or because nobody reads stdout any more. */
  readonly signal: AbortSignal;
  /** Columns of the terminal; `null` when stdout is none. */
  readonly width: number | null;
  readonly colour: boolean;
  /** Name of the user at this machine, as the environment has it; `null` when it has none. */
  readonly user: string | null;
  /** The clock. */
  now(): Date;
}

/** Why a run was stopped: the reason of {@link Io.signal}. */
export type StopReason = 'interrupted' | 'output closed';

/**
 * Text that cannot steer a terminal: control characters other than line feed become visible or are dropped, and marks that
 * reverse the direction of writing go too. Names, keys and messages may quote hostile input.
 *
 * @example printable('a\u001b[2Jb\rc') // 'a�[2Jb�c'
 */
export function printable(text: string): string {
  return text.toWellFormed().replace(/\t/g, ' ').replace(UNSAFE, '\ufffd');
}

/** As {@link printable}, on one line and at most `length` characters. */
export function printableLine(text: string, length = 200): string {
  const line = printable(text.slice(0, 4 * length).replace(/\s+/g, ' ')).trim();
  const characters = [...line];
  return characters.length <= length ? line : `${characters.slice(0, length - 1).join('')}…`;
}

// C0 but line feed, DEL, C1, line and paragraph separators, and the bidirectional controls of Unicode (UAX #9).
// oxlint-disable-next-line no-control-regex -- these are the characters to be found
const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
