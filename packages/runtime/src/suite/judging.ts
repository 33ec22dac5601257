import { type SuiteState, slotState } from '../state/suite-state.ts';
import { BatchTally } from '../telemetry/batch-tally.ts';
import type { Verdict, VerdictRules } from '../verdict/verdict.ts';
import { joinBatch } from './join-batch.ts';
import { type Call, Pipeline } from './pipeline.ts';
import type { Plan } from './plan.ts';
import type { ScoredBatch } from './score-batch.ts';
import { callAttributes, verdictAttributes } from './span-attributes.ts';
import type { EarlyStop } from './score-first.ts';
import type { SuiteCore } from './suite-core.ts';
import { verdictRules } from './verdict-rules.ts';

/** From scores to verdicts: each batch is joined by the state of that moment, in order, under the eyes of the guard. */
export class Judging {
  readonly #core: SuiteCore;
  readonly #pipeline: Pipeline;
  #rules: { readonly plan: Plan; readonly state: SuiteState; readonly rules: VerdictRules } | undefined;

  constructor(core: SuiteCore) {
    this.#core = core;
    const { options, queue, telemetry } = core;
    const breakers = { members: core.breakers, encoders: core.encoderBreakers };
    const now = (): { plan: Plan; state: SuiteState } => ({ plan: core.plan, state: core.state.current });
    const earlyStop = (): Omit<EarlyStop, 'fullShare'> => ({ asking: core.asking, demoted: core.guard.demoted });
    this.#pipeline = new Pipeline({ options, queue, breakers, telemetry, now, earlyStop });
  }

  /** All verdicts of a call; @throws {RuntimeError} `SUITE_CLOSED`, `SUITE_OVERLOADED` */
  judge(call: Call): Promise<Verdict[]> {
    const { plan, telemetry } = this.#core;
    return telemetry.spans.traced('clamor.judge', callAttributes(plan.name, call), async (add) => {
      const verdicts = await Array.fromAsync(this.verdicts(call));
      add(() => verdictAttributes(verdicts));
      return verdicts;
    });
  }

  /** @throws {RuntimeError} `SUITE_CLOSED`, `SUITE_OVERLOADED` */
  async *verdicts(call: Call): AsyncGenerator<Verdict> {
    const { guard, telemetry } = this.#core;
    for await (const batch of this.scored(call)) {
      const { asking } = this.#core;
      asking.measure(batch);
      const state = this.#stateOf(batch);
      const rules = this.#rulesOf(batch.plan, state);
      const tally = new BatchTally();
      const demoted = batch.stopped?.demoted ?? guard.demoted;
      try {
        for (const verdict of joinBatch(batch, { state, rules, demoted })) {
          // After an early stop nobody knows whether a positive is unique.
          if (verdict.full) guard.observe(verdict);
          asking.learn(verdict);
          tally.add(verdict);
          yield verdict;
        }
      } finally {
        // Also when whoever reads the stream has enough in the middle of a batch.
        telemetry.batchJudged(tally, { durationMs: batch.durationMs, priority: call.priority });
      }
    }
  }

  /** @throws {RuntimeError} `SUITE_CLOSED`, `SUITE_OVERLOADED` */
  async *scored(call: Call): AsyncGenerator<ScoredBatch> {
    for await (const batch of this.#pipeline.score(call)) {
      if (this.#core.phase === 'aborted') throw this.#core.closedError();
      this.#core.telemetry.encoded(batch.encoders);
      yield batch;
    }
  }

  /**
   * The state that a batch is joined by: the present one, unless it counts what the batch was not asked about (a member that was
   * off, a version that came with a reload), or asking stopped by what counted then.
   */
  #stateOf({ plan, columns, askedBy, stopped }: ScoredBatch): SuiteState {
    if (stopped !== undefined) return askedBy;
    const now = this.#core.state.current;
    const isAsked = plan.slots.every((slot) => {
      const { versions, members } = slot;
      const { mode, version, base } = slotState(now, slot);
      if (mode === 'off') return true;
      const isThere = [version, base].every((named) => named === null || versions.includes(named));
      return isThere && members.every((m) => columns[m] !== null);
    });
    return isAsked ? now : askedBy;
  }

  #rulesOf(plan: Plan, state: SuiteState): VerdictRules {
    if (this.#rules?.plan !== plan || this.#rules.state !== state) {
      this.#rules = { plan, state, rules: { ...verdictRules(plan, state), review: this.#core.guard.review } };
    }
    return this.#rules.rules;
  }
}
