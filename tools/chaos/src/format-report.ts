import type { RequestCounts } from './clients.ts';
import type { StateKills } from './kill-state-writers.ts';
import type { LongRunReport, Violation } from './long-run.ts';
import { growth } from './run-violations.ts';

const VIOLATIONS_SHOWN = 30;

/** A report for the terminal: what became of requests, what each fault came to, what the process held, what was violated. */
export function formatReport(report: LongRunReport): string {
  const { seconds, seed, deadlineMs, verdicts, traffic, latencyMs, operator, sound, outcomes, during, before, after } =
    report;
  const lines = [
    `chaos: ${seconds} s, seed ${seed}, ${verdicts} verdicts`,
    '',
    formatRequests('online', traffic.online),
    formatRequests('batch ', traffic.batch),
    `answers  ${ms(latencyMs.p50)} p50, ${ms(latencyMs.p99)} p99, ${ms(latencyMs.max)} at most; the deadline is ${ms(deadlineMs)}`,
    `operator ${operator.changes} changes, ${operator.reloads} reloads; refused as they should be: ${operator.refusedChanges} and ${operator.refusedReloads}`,
    `sound    ${sound.judgements} judgements, ${sound.late} of them too late`,
    `memory   heap ${mb(growth(during, 'heapMb'))}, process ${mb(growth(during, 'rssMb'))} gained over the last third`,
    `held     ${after.threads ?? '?'} threads and ${after.children ?? '?'} processes after the end; ${before.threads ?? '?'} and ${before.children ?? '?'} before`,
    '',
    ...formatOutcomes(outcomes),
    '',
    ...formatViolations(report.violations),
  ];
  return lines.join('\n');
}

/** What was found after writers of a state directory were killed. */
export function formatKills({ kills, acknowledged, logged, tornLines, filesBehind, problems }: StateKills): string {
  const lines = [
    '',
    `state    ${kills} times all writers killed: ${acknowledged} changes acknowledged, ${logged} in the log; ${tornLines} torn lines and ${filesBehind} files behind were repaired`,
    ...(problems.length === 0 ? ['nothing acknowledged was lost'] : ['VIOLATED', ...problems]),
  ];
  return lines.join('\n');
}

function formatRequests(kind: string, { asked, answered, aborted, refused }: RequestCounts): string {
  return `${kind}   ${asked} requests: ${answered} answered, ${aborted} aborted, ${refused} refused`;
}

/** One line per fault; the most frequent outcome first. */
function formatOutcomes(outcomes: LongRunReport['outcomes']): string[] {
  const names = Object.keys(outcomes).toSorted();
  const width = Math.max(...names.map((name) => name.length), 5);
  const rows = names.map((name) => {
    const counts = Object.entries(outcomes[name] ?? {}).toSorted(([, a], [, b]) => b - a);
    return `${name.padEnd(width)}  ${counts.map(([outcome, count]) => `${outcome} ${count}`).join(', ')}`;
  });
  return [`${'fault'.padEnd(width)}  judged so, times`, ...rows];
}

function formatViolations(violations: readonly Violation[]): string[] {
  if (violations.length === 0) return ['no violation'];
  const rows = violations.slice(0, VIOLATIONS_SHOWN).map(({ what, count, first }) => `${count} × ${what} (${first})`);
  const rest = violations.length - rows.length;
  return ['VIOLATED', ...rows, ...(rest > 0 ? [`and ${rest} more`] : [])];
}

function ms(value: number): string {
  return `${Math.round(value)} ms`;
}

function mb(value: number): string {
  return `${value.toFixed(1)} MB`;
}
