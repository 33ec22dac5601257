import { type Label, gate } from '@clamor/evaluation';
import { renderHtml } from '@clamor/report';

/** [examples, label, judgement of the suite, judgement of the candidate] */
const COUNTS: readonly (readonly [number, 0 | 1, 0 | 1, 0 | 1])[] = [
  [534, 1, 1, 0],
  [8, 0, 1, 0],
  [3, 1, 0, 1],
  [20, 1, 0, 0],
  [1000, 0, 0, 0],
];

/** The page of an inconclusive gate: three unique positives, all true, are too few to show merit. */
export function gatePage(): string {
  const rows = COUNTS.flatMap(([count, ...row]) => Array.from({ length: count }, () => row));
  const labels = rows.map(([label]): Label => label);
  const members = [
    { name: 'words', judgements: rows.map(([, words]) => words) },
    { name: 'urls', judgements: rows.map(([, , urls]) => urls) },
  ];
  const rules = { lossBudget: 0.005, meritFloor: 0.9, harmConfidence: 0.9, meritConfidence: 0.8 };
  return renderHtml({
    kind: 'gate',
    context: {
      suite: 'spam',
      suiteVersion: 'made up',
      dataset: 'made up',
      split: 'by hand',
      roles: [],
      policy: { uniquePrecisionFloor: rules.meritFloor, lossBudget: rules.lossBudget },
    },
    result: gate({ labels, members }, { candidate: 'urls', rules, msPerExample: 0.04 }),
  });
}
