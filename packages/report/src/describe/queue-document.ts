import type { Part, ReportDocument } from '../document.ts';
import { formatSpan } from '../format-span.ts';
import type { QueueAnswer, QueueReport } from '../queue-answer.ts';
import { candidateParts, candidateTable } from './queue-candidates.ts';
import { landedTable, leadTimeTable, memberTable } from './queue-landed.ts';
import { trendParts } from './queue-trend.ts';
import { concurrencyPlot } from '../plots/concurrency-plot.ts';

/** What is open and what blocks it, what became of the figures, and how long candidates took. */
export function queueDocument({ suite, result }: QueueReport): ReportDocument {
  const { base, at, since, notes, faults } = result;
  return {
    brand: 'Clamor queue',
    title: `What stands open in ${suite}, and for how long?`,
    answer: null,
    stamps: [
      { label: 'base', value: `${base.name} ${base.commit.slice(0, 12)}` },
      { label: 'at', value: minute(at) },
      ...(since === null ? [] : [{ label: 'since', value: since.slice(0, 10) }]),
    ],
    parts: [
      { kind: 'lead', text: leadSentence(result) },
      ...(faults.length === 0 ? [] : [{ kind: 'list', tone: 'warning', items: faults } as const]),
      section('Open candidates', openParts(suite, result)),
      section(`On ${base.name}`, [{ kind: 'table', table: memberTable(result) }]),
      section('The suite by release', trendParts(result)),
      section('From branch to active', leadParts(result)),
      ...(notes.length === 0 ? [] : [{ kind: 'list', tone: 'note', items: notes } as const]),
    ],
    legend: [
      'A candidate is one member on one branch that is not merged. Ready: nothing that git and the log of evidence can tell stands in its way.',
      'Ready to merge: from the pass at the gate and the last commit, whichever is later, to the merge: the time that somebody waited for others.',
      'Open at the same time: branches that are there, and those that came by a merge. Branches that were deleted unmerged are not known.',
      '– not known; the reason stands beside it. Figures are compared over the same examples of one data version only.',
    ],
  };
}

function openParts(suite: string, result: QueueAnswer): Part[] {
  if (result.candidates.length === 0)
    return [{ kind: 'text', text: `No branch that is not merged adds or changes a member of ${suite}.` }];
  return [{ kind: 'table', table: candidateTable(result) }, ...candidateParts(result.candidates)];
}

function section(title: string, parts: readonly Part[]): Part {
  return { kind: 'section', eyebrow: null, title, description: null, facts: [], warnings: [], parts };
}

function leadSentence({ candidates, landed, leadTimes, concurrency }: QueueAnswer): string {
  const ready = candidates.filter(({ blocks }) => blocks.length === 0).length;
  const merge = leadTimes.find(({ step }) => step === 'branch to merge');
  const wait = leadTimes.find(({ step }) => step === 'ready to merge');
  return [
    candidates.length === 0
      ? 'No candidate is open.'
      : `${count(candidates.length, 'candidate is', 'candidates are')} open, ${ready === 0 ? 'none' : ready} of them ready to be merged.`,
    concurrency.most > 1 ? `At most ${concurrency.most} were open at the same time.` : '',
    merge === undefined || merge.medianMs === null
      ? `${count(landed.length, 'candidate has', 'candidates have')} come in.`
      : `Of ${merge.count} that came in by a merge, half took at most ${formatSpan(merge.medianMs)} from branch to merge.`,
    wait === undefined || wait.medianMs === null ? '' : `Once ready, half waited at most ${formatSpan(wait.medianMs)}.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function leadParts(result: QueueAnswer): Part[] {
  const { landed, leadTimes, concurrency, candidates } = result;
  const reasons = [...new Set(landed.flatMap(({ unknown }) => unknown))];
  return [
    ...(landed.length === 0
      ? [{ kind: 'text', text: 'Nothing is known of candidates that came in.' } as const]
      : [
          leadTimes.some(({ count: known }) => known > 0)
            ? ({ kind: 'table', table: leadTimeTable(result) } as const)
            : ({ kind: 'text', text: 'Of no step are both ends known; the reasons stand below.' } as const),
          {
            kind: 'folded',
            summary: 'Each candidate that came in',
            parts: [{ kind: 'table', table: landedTable(landed) }],
          } as const,
        ]),
    ...(reasons.length === 0
      ? []
      : [{ kind: 'list', tone: 'note', items: reasons.map((why) => `Not known: ${why}`) } as const]),
    ...(concurrency.mean === null || (landed.length === 0 && candidates.length === 0)
      ? []
      : [
          {
            kind: 'text',
            text: `Open at the same time: ${concurrency.now} now, ${concurrency.most} at most, ${concurrency.mean.toFixed(1)} on average.`,
          } as const,
          { kind: 'plots', plots: [concurrencyPlot(result)] } as const,
        ]),
  ];
}

function count(number: number, one: string, many: string): string {
  return `${number === 0 ? 'No' : number} ${number === 1 ? one : many}`;
}

/** A time to the minute, UTC. */
export function minute(at: string): string {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`;
}
