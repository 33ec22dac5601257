import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** What one turn took. */
export interface TurnTime {
  readonly ms: number;
  readonly cpuMs: number;
}

/** Python's onnxruntime on the same graph and the same token ids. */
export interface PythonEncoder {
  readonly version: string;
  turn(): Promise<TurnTime>;
  close(): void;
}

/** The Python of the benches. */
export const PYTHON: string = process.env['CLAMOR_PYTHON'] ?? path('../.venv/bin/python');

/**
 * Starts it.
 *
 * @returns `null` when there is no such Python, or it has no onnxruntime.
 */
export async function startPythonEncoder(
  model: URL,
  ids: readonly (readonly number[])[],
): Promise<PythonEncoder | null> {
  if (!existsSync(PYTHON)) return null;
  const child = spawn(PYTHON, [path('encode_in_turns.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (line: string): Promise<unknown> => {
    child.stdin.write(`${line}\n`);
    const { value, done } = await lines.next();
    return done === true ? null : JSON.parse(value);
  };
  child.stdin.on('error', () => {}); // It has ended: the next answer says so.
  const opened = (await ask(JSON.stringify({ model: fileURLToPath(model), ids }))) as { version: string } | null;
  if (opened === null) return null;
  return {
    version: opened.version,
    turn: async () => (await ask('turn')) as TurnTime,
    close: () => void child.stdin.end(),
  };
}
