import type { JudgementCode, JudgementTable, Label } from '../src/index.ts';

/** A region of a table: how many true and how many false examples it holds. */
export type Region = readonly [truePositives: number, falsePositives: number];

/** What {@link regionTable} builds a table of. */
export interface RegionTableRow {
  readonly judgements: readonly JudgementCode[];
  readonly label: Label;
  readonly count: number;
}

/** A table of blocks of equal rows: the regions of a case are written down, not drawn. */
export function regionTable(names: readonly string[], rows: readonly RegionTableRow[]): JudgementTable {
  const examples = rows.flatMap((row) => Array.from({ length: row.count }, () => row));
  return {
    labels: examples.map(({ label }) => label),
    members: names.map((name, j) => ({ name, judgements: examples.map(({ judgements }) => judgements[j]!) })),
  };
}

/** A member "others" and a member "candidate" with the given positives, disjoint; `missed` positive labels are nobody's. */
export function evidenceTable(of: {
  readonly unique: Region;
  readonly others: Region;
  readonly missed?: number;
}): JudgementTable {
  const region = ([truePositives, falsePositives]: Region, judgements: readonly JudgementCode[]): RegionTableRow[] => [
    { judgements, label: 1, count: truePositives },
    { judgements, label: 0, count: falsePositives },
  ];
  return regionTable(
    ['others', 'candidate'],
    [
      ...region(of.others, [1, 0]),
      ...region(of.unique, [0, 1]),
      { judgements: [0, 0], label: 1, count: of.missed ?? 0 },
    ],
  );
}
