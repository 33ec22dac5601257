import { type FailureReason, errorMessage, failedColumn } from '@clamor/contract';
import type { BatchEncodings } from '../encoders/batch-encodings.ts';
import { EncoderHost } from '../encoders/encoder-host.ts';
import { EncoderSteps, type MemberTexts } from '../encoders/encoder-steps.ts';
import { Callers } from './callers.ts';
import type { Culprit } from './culprit.ts';
import { MemberLoader, textsOf } from './member-loader.ts';
import { type ParsedBatch, parseBatch, spread } from './parsed-batch.ts';
import type { Progress } from './progress-cell.ts';
import { ResultParts, type ScoreWatcher } from './result-parts.ts';
import { scoreMember } from './score-member.ts';
import type { HostSetup, LoadResult, MemberLoad, MemberScores, ScoreResult, ScoreTask } from './worker-protocol.ts';

/**
 * The code of a suite, its members and their encoders, loaded, in whatever place they run: one host per worker thread or process, or
 * one on the main thread. It parses examples, scores them by one member after the other, and trusts nothing that members and encoders
 * do in JavaScript and in their own turn. What they do to the place itself (block it, end it, patch it) is seen from outside.
 */
export class MemberHost {
  readonly #progress: Progress;
  readonly #callers = new Callers();
  readonly #encoders: EncoderHost;
  readonly #loader: MemberLoader;

  constructor(setup: HostSetup, progress: Progress) {
    this.#progress = progress;
    const callers = this.#callers;
    this.#encoders = new EncoderHost(setup, { progress, callers });
    this.#loader = new MemberLoader({ setup, progress, callers, encoders: this.#encoders });
  }

  /** Whose code runs now, or began what runs now (a timer, a promise); `undefined` for nobody's. */
  get caller(): Culprit | undefined {
    return this.#callers.current;
  }

  /** Takes a call for failed, if one is under way: an error of that code came up where nobody waits for it. */
  failCall(who: Culprit, reason: FailureReason): void {
    this.#callers.fail(who, reason);
  }

  /** Imports, loads and tries members; one that is ready stays as it is, one that failed before is tried again. */
  async load(members: readonly number[]): Promise<LoadResult> {
    this.#progress.publish('starting');
    try {
      await this.#loader.suite;
    } catch (error) {
      return { suiteProblem: errorMessage(error), loads: [] };
    }
    await this.#loader.forgetProblems(members);
    const loads: MemberLoad[] = [];
    for (const member of members) loads.push(await this.#loader.load(member));
    this.#progress.publish('idle');
    return { suiteProblem: null, loads };
  }

  /** Parses examples and scores them by members, in the order of the task, each encoder before the first member on it. */
  async score(task: ScoreTask, watcher: ScoreWatcher = {}): Promise<ScoreResult> {
    const parts = new ResultParts(watcher);
    const parsed = await parseBatch(await this.#loader.suite, task.examples, this.#progress);
    parts.parsed(parsed.unreadable);
    const steps = new EncoderSteps(task, {
      encoderOf: (member) => this.#loader.member(member).encoder?.index ?? null,
      textsOf: (member, encodings) => this.#textsOf(member, parsed.examples, encodings),
      host: this.#encoders,
    });
    for (const asked of task.members) {
      if (watcher.isOver?.() === true) break;
      const isStep = steps.isDue(asked);
      parts.tellIfDue(asked.isSuspect || isStep);
      if (isStep) parts.encoded(await steps.run(asked));
      const deadline = Math.min(Date.now() + asked.deadlineMs, task.endsAt);
      parts.scored(await this.#scoreOne(asked.member, parsed, { deadline, steps }));
    }
    this.#progress.publish('idle');
    return parts.rest;
  }

  /** Closes every member and encoder; each may be closed more than once. */
  async close(): Promise<void> {
    this.#progress.publish('closing');
    const closing = [...this.#loader.loaded].map(([index, classifier]) =>
      this.#callers.run({ who: { kind: 'member', index }, encodings: null }, async () => classifier.close()),
    );
    await Promise.allSettled(closing);
    await this.#encoders.close();
    this.#loader.forget();
  }

  async #scoreOne(
    member: number,
    parsed: ParsedBatch,
    { deadline, steps }: { readonly deadline: number; readonly steps: EncoderSteps },
  ): Promise<MemberScores> {
    const { problem } = await this.#loader.load(member);
    const classifier = this.#loader.loaded.get(member);
    if (problem !== null || classifier === undefined) {
      const reason = {
        code: problem?.code ?? 'MEMBER_LOAD_FAILED',
        message: problem?.found ?? 'The member is not loaded.',
      };
      return { member, column: spread(failedColumn(parsed.examples.length, reason), parsed), timeMs: 0 };
    }
    this.#progress.publish('scoring', member);
    const start = performance.now();
    const mayAbstain = this.#loader.member(member).record.abstains;
    const { encodings } = steps;
    const { asked, encoderCodes, timeMs } = steps.of(member);
    const column = await this.#callers.watch({ who: { kind: 'member', index: member }, encodings }, (uncaught) =>
      scoreMember(classifier, parsed.examples, { mayAbstain, deadline, uncaught, asked, encoderCodes }),
    );
    return { member, column: spread(column, parsed), timeMs: timeMs + performance.now() - start };
  }

  /** What a member will ask its encoder for, said in its own name: its text functions may throw, loop, or end the place. */
  async #textsOf(member: number, examples: readonly unknown[], encodings: BatchEncodings): Promise<MemberTexts> {
    const { problem } = await this.#loader.load(member);
    const classifier = this.#loader.loaded.get(member);
    if (problem !== null || classifier === undefined) return { asked: undefined, texts: [], timeMs: 0 };
    this.#progress.publish('scoring', member);
    const start = performance.now();
    const asked = examples.slice();
    const texts = this.#callers.run({ who: { kind: 'member', index: member }, encodings }, () =>
      textsOf(classifier, asked),
    );
    return { asked, texts, timeMs: performance.now() - start };
  }
}
