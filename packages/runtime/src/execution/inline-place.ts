import { RuntimeError } from '../errors.ts';
import { MemberHost } from './member-host.ts';
import type { ProgressReading } from './progress-cell.ts';
import type { HostSetup, MemberLoad, ScoreResult } from './worker-protocol.ts';
import { within } from './within.ts';
import type { Outcome, ScoreOrder, Workplace } from './workplace.ts';

/**
 * The main thread: for members that the host trusts as much as itself. It covers what a member throws, rejects, returns or does not
 * answer. It covers nothing that blocks or ends the thread, and nothing that comes up where nobody waits for it.
 */
export class InlinePlace implements Workplace {
  readonly #host: MemberHost;
  #reading: ProgressReading = { activity: 'idle', index: 0, since: 0 };

  constructor(setup: HostSetup) {
    this.#host = new MemberHost(setup, {
      publish: (activity, index = 0) => {
        this.#reading = { activity, index, since: Date.now() };
      },
    });
  }

  async load(members: readonly number[]): Promise<readonly MemberLoad[]> {
    const { suiteProblem, loads } = await this.#host.load(members);
    if (suiteProblem !== null) throw new RuntimeError('SUITE_LOAD_FAILED', suiteProblem);
    return loads;
  }

  problemOf(): null {
    return null;
  }

  async score(order: ScoreOrder): Promise<Outcome<ScoreResult> | null> {
    order.onBegin({ read: () => this.#reading, giveUp: () => {} });
    try {
      // Members must not see, and the suite must not freeze, what belongs to the caller.
      const examples = structuredClone(order.examples);
      const watcher = { onPart: (part: ScoreResult) => order.onPart(part), isOver: () => order.over.aborted };
      return { kind: 'done', result: await this.#host.score({ ...order, examples }, watcher) };
    } catch (error) {
      return { kind: 'refused', error };
    }
  }

  async close(timeoutMs: number): Promise<void> {
    await within(this.#host.close(), timeoutMs);
  }
}
