import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/** What came of a block of commands. */
export interface BlockResult {
  readonly status: number;
  /** Both streams, as they came. */
  readonly output: string;
  /** The line of the guide that failed; `null` when none did. */
  readonly failedLine: number | null;
}

/** Commands with the line of the guide that the first stands on. */
export interface CommandBlock {
  readonly line: number;
  readonly commands: string;
}

/**
 * One bash for a whole guide: what a block sets (folder, variables) holds in those after it. Commands that fail end the session, also
 * inside a pipe, and an unset variable is a failure.
 */
export class ShellSession {
  readonly #shell: ChildProcess;
  readonly #files = mkdtempSync(join(tmpdir(), 'clamor-guide-shell-'));
  #said = '';
  #heard: (() => void) | null = null;

  constructor({ dir, env }: { readonly dir: string; readonly env: NodeJS.ProcessEnv }) {
    this.#shell = spawn('bash', ['--noprofile', '--norc'], {
      cwd: dir,
      env,
      stdio: ['pipe', 'ignore', 'inherit', 'pipe'],
      // A group of its own: whatever a block has left running goes with it.
      detached: true,
    });
    const reports = this.#shell.stdio[3] as Readable;
    reports.on('data', (data) => {
      this.#said += String(data);
      this.#heard?.();
    });
    this.#shell.once('exit', () => this.#heard?.());
    this.#shell.stdin!.on('error', () => {});
    // LINENO of a sourced file is that of the guide, because the file begins with as many empty lines.
    this.#shell.stdin!.write(
      "set -Eeuo pipefail\nfailed=0\ntrap 'failed=$LINENO' ERR\ntrap 'echo \"ended $? $failed $PWD\" >&3' EXIT\n",
    );
  }

  /** Runs a block to its end. */
  async run({ line, commands }: CommandBlock): Promise<BlockResult> {
    const script = join(this.#files, 'block.sh');
    const output = join(this.#files, 'output.txt');
    writeFileSync(script, `${'\n'.repeat(line - 1)}${commands}\n`);
    this.#said = '';
    this.#shell.stdin!.write(`source '${script}' </dev/null >'${output}' 2>&1\necho "ended 0 0 $PWD" >&3\n`);
    const [, status, failedLine] = await this.#report();
    return {
      status: Number(status),
      output: readFileSync(output, 'utf8'),
      failedLine: failedLine === '0' ? null : Number(failedLine),
    };
  }

  /** The folder that the session is in. */
  async folder(): Promise<string> {
    this.#said = '';
    this.#shell.stdin!.write('echo "ended 0 0 $PWD" >&3\n');
    return (await this.#report())[3]!;
  }

  /** Ends the shell and whatever it started. */
  close(): void {
    endGroup(this.#shell, 'SIGKILL');
    rmSync(this.#files, { recursive: true, force: true });
  }

  async #report(): Promise<readonly string[]> {
    const report = /^ended (\d+) (\d+) (.*)\n/m;
    while (!report.test(this.#said)) {
      if (this.#shell.exitCode !== null || this.#shell.signalCode !== null) {
        throw new Error(`The shell of the guide has ended with ${this.#shell.exitCode ?? this.#shell.signalCode}.`);
      }
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
    }
    return report.exec(this.#said)!;
  }
}

/** Sends a signal to a process that was started detached, and to all that it started. */
export function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}
