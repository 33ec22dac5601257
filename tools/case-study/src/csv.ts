import type { CellFigures } from './bootstrap.ts';
import type { TeamRun } from './team.ts';

/** All figures of all cells, one a line, as they are: shares between 0 and 1. */
export function cellRows(figures: readonly CellFigures[]): string {
  const lines = figures.flatMap(({ kind, size, figures: compared }) =>
    Object.entries(compared).flatMap(([arm, statistics]) =>
      Object.entries(statistics).map(([statistic, { mean, interval }]) =>
        [kind, size, arm, statistic, shown(mean), shown(interval?.[0]), shown(interval?.[1])].join(','),
      ),
    ),
  );
  return `kind,mails,arm,statistic,mean,lower,upper\n${lines.join('\n')}\n`;
}

/** Every delivery, one a line, with what its merge changed; of a merge of two, both lines tell the whole of it. */
export function teamRunRows(runs: readonly TeamRun[]): string {
  const lines = runs.flatMap(({ order, way, accepting, deliveries, merges }) =>
    deliveries.map(({ kind, decision, isMerged, isRedone }) => {
      const changed = merges.find(({ kinds }) => kinds.includes(kind))?.changed;
      const counts = [changed?.all, changed?.others, changed?.spamLost, changed?.newFalse, changed?.goneFalse];
      return [order, quoted(way), accepting, kind, decision, isMerged, isRedone, ...counts.map(shown)].join(',');
    }),
  );
  return `order,way,merged,kind,decision,is_merged,is_redone,changed,others_changed,spam_lost,new_false,gone_false\n${lines.join('\n')}\n`;
}

function shown(value: number | null | undefined): string {
  return value == null ? '' : String(Number(value.toFixed(6)));
}

function quoted(text: string): string {
  return text.includes(',') ? `"${text}"` : text;
}
