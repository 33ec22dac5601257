import { formatSpan } from '@clamor/report';
import type { EncoderStatus, MemberStatus, ServiceStatus } from '@clamor/runtime';

import { printableLine } from '../io.ts';
import { textTable } from '../text-table.ts';
import { formatCount, formatPercent, formatShare } from './format-status.ts';

/** One service as a heading, its figures, and a table of its members. */
export function serviceScreen(service: ServiceStatus, now: Date): string {
  const { pid, place, status, isAlive, at } = service;
  const host = place.split(' ')[0] ?? place;
  const life = isAlive === false ? 'GONE' : isAlive === null ? 'lives elsewhere' : 'running';
  const ageMs = now.getTime() - Date.parse(at);
  const up = formatSpan(Date.parse(at) - Date.parse(status.since));
  const heading = `process ${pid} on ${host}: ${life}, up ${up}, as of ${formatSpan(ageMs)} ago`;
  return [
    printableLine(heading),
    ...figures(service).map((line) => `  ${line}`),
    '',
    memberTable(status.members),
    ...encoderLines(status.encoders ?? []), // A service of before may have written a status without them.
  ].join('\n');
}

function encoderLines(encoders: readonly EncoderStatus[]): string[] {
  if (encoders.length === 0) return [];
  const header = ['encoder', 'version', 'members', 'breaker', 'known', 'encoded', 'failed', 'p50', 'p95'];
  const rows = encoders.map(({ encoder, version, members, breaker, hits, misses, failed, timeMs }) => {
    const failures = Object.values(failed).reduce((sum, texts) => sum + texts, 0);
    return [
      encoder,
      version,
      formatCount(members.length),
      breaker.state === 'closed' ? 'closed' : breaker.state.toUpperCase(),
      formatShare(hits, hits + misses),
      formatCount(misses - failures),
      formatCount(failures),
      timeMs === null ? '–' : milliseconds(timeMs.p50),
      timeMs === null ? '–' : milliseconds(timeMs.p95),
    ];
  });
  return ['', textTable([header, ...rows], { right: [2, 4, 5, 6, 7, 8] })];
}

function figures({ status }: ServiceStatus): string[] {
  const { verdicts, batchMs, queue, workers, suiteVersion, stateVersion } = status;
  const { positive, negative, undetermined, unreadable, degraded } = verdicts;
  const judged = positive + negative + undetermined;
  const times = batchMs === null ? 'none lately' : `p50 ${milliseconds(batchMs.p50)}, p95 ${milliseconds(batchMs.p95)}`;
  return [
    `verdicts  ${formatCount(judged)}: ${formatShare(positive, judged)} positive, ${formatCount(undetermined)} undetermined (${formatCount(unreadable)} unreadable), ${formatCount(degraded)} degraded`,
    `batches   ${times}; ${workers} worker(s); ${formatCount(queue.online)} online and ${formatCount(queue.batch)} batch examples wait (limit ${formatCount(queue.limit)}), ${formatCount(queue.refused)} refused`,
    `versions  suite ${suiteVersion}, state ${stateVersion}`,
  ];
}

const RIGHT = [4, 5, 6, 7, 8, 9];

function memberTable(members: readonly MemberStatus[]): string {
  const header = [
    'member',
    'version',
    'counts',
    'breaker',
    'judged',
    'positive',
    'alone',
    'failed',
    'p50',
    'p95',
    'guard',
  ];
  return textTable([header, ...members.map(memberRow)], { right: RIGHT });
}

function memberRow(member: MemberStatus): string[] {
  const { judged, positives, uniquePositives, failed, timeMs, breaker, guard } = member;
  const failures = Object.values(failed).reduce((sum, examples) => sum + examples, 0);
  return [
    member.member,
    member.version,
    countsOn(member),
    breaker.state === 'closed' ? 'closed' : breaker.state.toUpperCase(),
    formatCount(judged),
    formatShare(positives, judged),
    formatShare(uniquePositives, judged),
    formatCount(failures),
    timeMs === null ? '–' : milliseconds(timeMs.p50),
    timeMs === null ? '–' : milliseconds(timeMs.p95),
    guardCell(guard),
  ];
}

/** Where a version counts. */
export function countsOn({ mode, rollout, fault }: Pick<MemberStatus, 'mode' | 'rollout' | 'fault'>): string {
  if (mode === 'off') return 'off';
  if (fault !== null) return 'FAULT';
  return mode === 'shadow' ? 'shadow' : formatPercent(rollout);
}

function guardCell(guard: MemberStatus['guard']): string {
  if (guard === null) return 'none';
  const { alarmed, declaredRate, observedRate } = guard;
  const declared = formatPercent(100 * declaredRate);
  if (observedRate === null) return `≤ ${declared}`;
  const relation = observedRate > declaredRate ? '>' : '≤';
  return `${formatPercent(100 * observedRate)} ${relation} ${declared}${alarmed ? ' ALARM' : ''}`;
}

function milliseconds(ms: number): string {
  return `${ms.toFixed(ms >= 100 ? 0 : ms >= 10 ? 1 : ms >= 0.1 ? 2 : 3)} ms`;
}
