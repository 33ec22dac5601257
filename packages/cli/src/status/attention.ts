import { formatSpan } from '@clamor/report';
import type { AlarmStatus, EncoderStatus, MemberStatus, ServiceStatus } from '@clamor/runtime';

import { formatCount, formatPercent, formatShare } from './format-status.ts';

/** What a service is held against. */
export interface Expected {
  /** Of what is installed now. */
  readonly suiteVersion: string;
  /** Of what the state directory says now. */
  readonly stateVersion: string;
  readonly now: Date;
}

/** A service writes every 5 s; three missed in a row are no accident. */
const OLD_MS = 20_000;
const MANY_FAILED = 0.01;

/**
 * What somebody should look at, the most urgent first: each line says what is wrong, where, and since when or how much. Empty when all
 * is well.
 */
export function attention(service: ServiceStatus, expected: Expected): string[] {
  const { status } = service;
  return [
    ...ofProcess(service, expected),
    ...status.guardAlarms.filter((alarm) => isStanding(alarm, status.members)).map((alarm) => ofAlarm(alarm, expected)),
    ...status.members.flatMap((member) => ofMember(member, expected)),
    // A service of before may have written a status without them.
    ...(status.encoders ?? []).flatMap((encoder) => ofEncoder(encoder, expected)),
    ...ofLoad(service),
  ];
}

function ofProcess({ at, isAlive, status }: ServiceStatus, expected: Expected): string[] {
  const ageMs = expected.now.getTime() - Date.parse(at);
  const { suiteVersion, stateVersion, lock, stateRefusal } = status;
  if (isAlive === false)
    return [`gone without closing the suite: it crashed or was killed; what follows is ${formatSpan(ageMs)} old`];
  return [
    ...(ageMs > OLD_MS
      ? [`its status is ${formatSpan(ageMs)} old and should be 5 s: the process hangs, or its disk is full`]
      : []),
    ...(suiteVersion === expected.suiteVersion
      ? []
      : [`it runs suite version ${suiteVersion}, and ${expected.suiteVersion} is installed: reload or restart it`]),
    ...(stateVersion === expected.stateVersion
      ? []
      : [`it judges by state version ${stateVersion}, and the state directory has ${expected.stateVersion}`]),
    ...(stateRefusal === null
      ? []
      : [`the state is not taken over, the old one goes on: [${stateRefusal.code}] ${stateRefusal.message}`]),
    ...(lock === 'differs' ? ['what it loaded differs from clamor.lock.json; clamor list --locked names it'] : []),
  ];
}

/** One that nobody answered yet. */
function isStanding({ member, version }: AlarmStatus, members: readonly MemberStatus[]): boolean {
  return members.some((each) => each.member === member && each.version === version && each.guard?.alarmed === true);
}

function ofAlarm(alarm: AlarmStatus, { now }: Expected): string {
  const { member, version, observedRate, declaredRate, affected, affectedTruncated, action, at } = alarm;
  const rates = `alone positive on ${formatPercent(100 * observedRate)} of its examples, declared ${formatPercent(100 * declaredRate)}`;
  const keys = `${affectedTruncated ? 'more than ' : ''}${formatCount(affected)}`;
  const what = {
    alert: 'it still counts',
    shadow: 'it is in shadow now',
    review: 'its positives are marked for review',
  };
  const ago = formatSpan(now.getTime() - Date.parse(at));
  return `ALARM ${member} ${version}: ${rates}, ${ago} ago; ${what[action]}; ${keys} verdicts to judge again`;
}

function ofMember(member: MemberStatus, { now }: Expected): string[] {
  const { fault, breaker, losses, mode, failed, judged } = member;
  const name = `${member.member} ${member.version}`;
  if (mode === 'off') return [];
  const failures = Object.entries(failed).toSorted(([, a], [, b]) => b - a);
  const total = failures.reduce((sum, [, examples]) => sum + examples, 0);
  const codes = failures.slice(0, 3).map(([code, examples]) => `${code} ${formatCount(examples)}`);
  const lost = losses.crashes + losses.deadlines;
  return [
    ...(fault === null ? [] : [`${name} does not run: ${fault}`]),
    ...(breaker.state === 'closed'
      ? []
      : [
          `${name}: breaker ${breaker.state} after ${breaker.failuresInARow} failed batches in a row, ${probe(breaker.nextProbeAt, now)}`,
        ]),
    ...(lost === 0
      ? []
      : [`${name} cost ${lost} worker(s): ${losses.crashes} crashed, ${losses.deadlines} blocked and stopped`]),
    ...(fault === null && total > MANY_FAILED * judged
      ? [`${name} failed on ${formatCount(total)} of ${formatCount(judged)} examples: ${codes.join(', ')}`]
      : []),
  ];
}

/** What is wrong with an encoder is wrong with every member on it. */
function ofEncoder(
  { encoder, version, members, breaker, losses, failed, hits, misses }: EncoderStatus,
  { now }: Expected,
): string[] {
  const name = `encoder ${encoder} ${version}`;
  const readers = `${members.length} member(s) on it`;
  const failures = Object.entries(failed).toSorted(([, a], [, b]) => b - a);
  const total = failures.reduce((sum, [, texts]) => sum + texts, 0);
  const codes = failures.slice(0, 3).map(([code, texts]) => `${code} ${formatCount(texts)}`);
  const lost = losses.crashes + losses.deadlines;
  return [
    ...(breaker.state === 'closed'
      ? []
      : [
          `${name}: breaker ${breaker.state} after ${breaker.failuresInARow} failed batches in a row, ${probe(breaker.nextProbeAt, now)}; ${readers}`,
        ]),
    ...(lost === 0
      ? []
      : [`${name} cost ${lost} worker(s): ${losses.crashes} crashed, ${losses.deadlines} blocked and stopped`]),
    ...(total > MANY_FAILED * (hits + misses)
      ? [
          `${name} failed on ${formatCount(total)} of ${formatCount(hits + misses)} texts: ${codes.join(', ')}; ${readers}`,
        ]
      : []),
  ];
}

function probe(at: number | null, now: Date): string {
  const leftMs = (at ?? 0) - now.getTime();
  return leftMs > 0 ? `tried again in ${formatSpan(leftMs)}` : 'tried again with the next batch';
}

function ofLoad({ status: { queue, verdicts, losses } }: ServiceStatus): string[] {
  const judged = verdicts.positive + verdicts.negative + verdicts.undetermined;
  const waiting = queue.online;
  return [
    ...(queue.refused === 0
      ? []
      : [`${formatCount(queue.refused)} examples were refused: more came than it can judge in time`]),
    ...(waiting > queue.limit / 2
      ? [`${formatCount(waiting)} examples wait, of ${formatCount(queue.limit)} at most`]
      : []),
    ...(verdicts.degraded > MANY_FAILED * judged
      ? [`${formatShare(verdicts.degraded, judged)} of the verdicts are without a member that failed`]
      : []),
    ...(verdicts.undetermined - verdicts.unreadable > 0
      ? [
          `${formatCount(verdicts.undetermined - verdicts.unreadable)} verdicts are undetermined: a required member failed`,
        ]
      : []),
    ...(losses.crashes + losses.deadlines === 0
      ? []
      : [`${losses.crashes + losses.deadlines} worker(s) were lost while they ran no member`]),
  ];
}
