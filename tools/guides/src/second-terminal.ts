import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

import { endGroup } from './shell-session.ts';

/** How long a program may take to say what a guide shows of it, in ms. */
const UNTIL_SAID_MS = 300_000;
/** How long a program may take to end after Ctrl-C, in ms. */
const UNTIL_ENDED_MS = 10_000;

/** Commands that run beside a guide, as in a terminal of their own. */
export class SecondTerminal {
  readonly #shell: ChildProcess;
  #output = '';

  constructor(commands: string, { dir, env }: { readonly dir: string; readonly env: NodeJS.ProcessEnv }) {
    this.#shell = spawn('bash', ['--noprofile', '--norc', '-euo', 'pipefail', '-c', commands], {
      cwd: dir,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    for (const stream of [this.#shell.stdout, this.#shell.stderr]) {
      stream!.on('data', (data) => (this.#output += String(data)));
    }
  }

  get output(): string {
    return this.#output;
  }

  /**
   * Waits until the output is as wanted.
   *
   * @returns `false` when the program ends before that, or takes too long.
   */
  async says(isWanted: (output: string) => boolean): Promise<boolean> {
    const until = Date.now() + UNTIL_SAID_MS;
    while (!isWanted(this.#output)) {
      if (this.#hasEnded() || Date.now() > until) return isWanted(this.#output);
      await sleep(50);
    }
    return true;
  }

  /** Ctrl-C; what does not end by it is killed, and that is an error. */
  async end(): Promise<void> {
    endGroup(this.#shell, 'SIGINT');
    const until = Date.now() + UNTIL_ENDED_MS;
    while (!this.#hasEnded() && Date.now() < until) await sleep(50);
    if (this.#hasEnded()) return;
    endGroup(this.#shell, 'SIGKILL');
    throw new Error(`The second terminal did not end by Ctrl-C:\n${this.#output}`);
  }

  #hasEnded(): boolean {
    return this.#shell.exitCode !== null || this.#shell.signalCode !== null;
  }
}
