import type { MemberJudgement } from '../verdict/verdict.ts';
import { isOutOfService } from './out-of-service.ts';
import { PositiveKeys } from './positive-keys.ts';
import { DEFAULT_RUN_LENGTH, UniqueRateTest, type WhoIsPositive, containedWithin } from './unique-rate-test.ts';

/** A version of a member that a guard watches; `declaredRates` makes them of records and policy. */
export interface GuardMember {
  readonly name: string;
  readonly version: string;
  /** Share of examples on which it alone is positive, at most, when all is well; in [0, 1]. */
  readonly rate: number;
  /**
   * Share of examples on which it is positive, alone or not, at most; in [0, 1]. Default: `rate`. Taken to hold on the examples on
   * which nobody else is positive, too: it does where members agree more than by chance.
   */
  readonly ownRate?: number;
}

/** What {@link Guard} takes. */
export interface GuardOptions {
  readonly members: readonly GuardMember[];
  /** Mean number of examples to a false alarm, per member, at its declared rate. Default 1,000,000. */
  readonly runLength?: number;
}

/** A member's unique positives have become more than was declared. */
export interface GuardAlarm {
  readonly member: string;
  readonly version: string;
  /** Examples since the rate most likely rose. */
  readonly examples: number;
  /** Its unique positives among them. */
  readonly uniquePositives: number;
  readonly declaredRate: number;
  /** Unique positives ÷ examples. Chosen to be high by the estimate of the change: a description, no estimate. */
  readonly observedRate: number;
  /** Keys of those unique positives, oldest first, for re-judging; the newest 10,000. */
  readonly affected: readonly string[];
  /** Whether there were more of them. */
  readonly affectedTruncated: boolean;
}

/** How it stands with one version of a member. */
export interface GuardStatus {
  readonly member: string;
  readonly version: string;
  readonly declaredRate: number;
  /** Examples that counted since the start or the last reset. */
  readonly examples: number;
  readonly uniquePositives: number;
  /** Examples that did not count, since another member failed on them and nobody knows what it would have said. */
  readonly leftOut: number;
  /** Verdicts that it can turn by saying yes to everything, until the alarm; `null` when its own rate may be 1. */
  readonly containedWithin: number | null;
  /** Whether that is at most 50. At the default run length it is for own rates up to .77. */
  readonly detectable: boolean;
  readonly alarm: GuardAlarm | null;
}

const KEPT_KEYS = 10_000;
/** A member that says yes to everything is to be contained within so many verdicts. */
const DETECTABLE_WITHIN = 50;

/**
 * Watches the rate of each active member's unique positives, and says when it is above what was declared.
 *
 * Under OR a member gone wild makes everything positive. A wave that others see too is not its fault, so only examples on
 * which it alone is positive count. Each version of each member has a {@link UniqueRateTest} of its own.
 *
 * An example counts for a member that is active on it and did not fail. It is left out, and counted as such, when another active
 * member failed on it: whether a positive is unique is not known then. A member that is out of service (not loaded, breaker
 * open) is no such reason: what it would have said is missing as if it were not installed, or one broken member would
 * blind the guard to all others. Its absence makes positives of others unique, though. So where a member with a declared rate
 * below its own one is not there (out of service, in shadow, switched off), every member is held against its own rate.
 *
 * After an alarm a member is not watched until `reset`: nothing returns by itself.
 *
 * @example
 * const guard = new Guard({ members: [{ name: 'urls', version: '1.0.0', rate: 0.01 }] });
 * const yes = { member: 'urls', version: '1.0.0', mode: 'active', judgement: 'positive', score: 1, threshold: 0, timeMs: 0 };
 * ['a', 'b', 'c', 'd'].flatMap((key) => guard.observe(key, [yes])).map((alarm) => alarm.affected)
 * // [['a', 'b', 'c', 'd']]
 */
export class Guard {
  readonly #watches: ReadonlyMap<string, Watch>;
  /** Members whose presence the declared rates rely on. */
  readonly #reliedOn: ReadonlySet<string>;

  constructor({ members, runLength = DEFAULT_RUN_LENGTH }: GuardOptions) {
    this.#watches = new Map(members.map((member) => [idOf(member.name, member.version), newWatch(member, runLength)]));
    this.#reliedOn = new Set(members.filter(({ rate, ownRate = rate }) => rate < ownRate).map((member) => member.name));
  }

  /**
   * Takes the judgements on one example; call it in the order of the examples.
   *
   * @param judgements - Of every version that ran; only active ones count.
   * @returns New alarms, mostly none.
   */
  observe(key: string, judgements: readonly MemberJudgement[]): readonly GuardAlarm[] {
    const example = readExample(judgements);
    if (example.active.length === 0) return NONE;
    const isWhole = this.#isWhole(example);
    const alarms: GuardAlarm[] = [];
    for (const { member, version, judgement } of example.active) {
      const watch = this.#watches.get(idOf(member, version));
      if (watch === undefined || watch.alarm !== null || judgement === 'failed') continue;
      if (example.failures > 0) {
        watch.leftOut += 1;
        continue;
      }
      const others = example.positives - (judgement === 'positive' ? 1 : 0);
      const positive = others > 0 ? 'others' : judgement === 'positive' ? 'alone' : 'nobody';
      if (observeOne(watch, { key, positive, against: isWhole ? 'declared' : 'own' })) {
        watch.alarm = alarmOf(watch);
        alarms.push(watch.alarm);
      }
    }
    return alarms;
  }

  /** Whether a version of the member, or this one, is in alarm. */
  isAlarmed(member: string, version?: string): boolean {
    return this.#of(member).some(
      (watch) => watch.alarm !== null && (version === undefined || watch.member.version === version),
    );
  }

  /**
   * Watches a member anew, all its versions, as if nothing had been observed.
   *
   * @returns Whether there was an alarm.
   */
  reset(member: string): boolean {
    const wasAlarmed = this.isAlarmed(member);
    for (const watch of this.#of(member)) Object.assign(watch, newWatch(watch.member, watch.test.runLength));
    return wasAlarmed;
  }

  /** How it stands with every version that is watched, in the order of the members. */
  status(): readonly GuardStatus[] {
    return [...this.#watches.values()].map((watch) => ({
      member: watch.member.name,
      version: watch.member.version,
      declaredRate: watch.member.rate,
      examples: watch.test.examples,
      uniquePositives: watch.uniquePositives,
      leftOut: watch.leftOut,
      containedWithin: watch.containedWithin,
      detectable: watch.containedWithin !== null && watch.containedWithin <= DETECTABLE_WITHIN,
      alarm: watch.alarm,
    }));
  }

  #of(member: string): Watch[] {
    return [...this.#watches.values()].filter((watch) => watch.member.name === member);
  }

  #isWhole({ active }: Example): boolean {
    if (this.#reliedOn.size === 0) return true;
    const there = new Set(active.map((judgement) => judgement.member));
    return [...this.#reliedOn].every((member) => there.has(member));
  }
}

const NONE: readonly GuardAlarm[] = [];

interface Watch {
  readonly member: GuardMember;
  readonly test: UniqueRateTest;
  readonly keys: PositiveKeys;
  readonly containedWithin: number | null;
  uniquePositives: number;
  leftOut: number;
  alarm: GuardAlarm | null;
}

function newWatch(member: GuardMember, runLength: number): Watch {
  const { rate } = member;
  const rates = { rate, ownRate: Math.max(rate, member.ownRate ?? rate), runLength };
  return {
    member,
    test: new UniqueRateTest(rates),
    keys: new PositiveKeys(KEPT_KEYS),
    containedWithin: containedWithin(rates),
    uniquePositives: 0,
    leftOut: 0,
    alarm: null,
  };
}

/** What the active members said of an example; those out of service are not there. */
interface Example {
  readonly active: readonly MemberJudgement[];
  readonly positives: number;
  readonly failures: number;
}

function readExample(judgements: readonly MemberJudgement[]): Example {
  const active = judgements.filter(({ mode, reason }) => mode === 'active' && !isOutOfService(reason?.code));
  return {
    active,
    positives: active.filter(({ judgement }) => judgement === 'positive').length,
    failures: active.filter(({ judgement }) => judgement === 'failed').length,
  };
}

interface Observation {
  readonly key: string;
  readonly positive: WhoIsPositive;
  readonly against: 'declared' | 'own';
}

function observeOne(watch: Watch, { key, positive, against }: Observation): boolean {
  const isAlarm = watch.test.observe(positive, against);
  if (positive !== 'alone') return false;
  watch.uniquePositives += 1;
  watch.keys.add(watch.test.examples, key);
  watch.keys.dropBefore(watch.test.earliestChange());
  return isAlarm;
}

function alarmOf({ member, test, keys }: Watch): GuardAlarm {
  const { example, uniquePositives } = test.likelyChange();
  const examples = test.examples - example + 1;
  const affected = keys.since(example);
  return {
    member: member.name,
    version: member.version,
    examples,
    uniquePositives,
    declaredRate: member.rate,
    observedRate: uniquePositives / examples,
    affected,
    affectedTruncated: affected.length < uniquePositives,
  };
}

function idOf(member: string, version: string): string {
  return `${member}\n${version}`;
}
