import type { MemberRecord, StandAloneFigures } from '@clamor/contract';

/** A member's record at its last release. */
export interface ReleasedRecord {
  readonly version: string;
  readonly record: MemberRecord;
}

/**
 * What a changelog says of a member's stand-alone figures: before → after, with the data version.
 *
 * One line per split that either record has. A figure that is undefined is said to be so, with the reason; one that was
 * not measured, too. Figures over other data are marked, because their difference is not the member's alone.
 *
 * @param before - `null` at the first release.
 * @returns At least one line, without a line feed at the end.
 * @example // figuresLines({ version: '0.1.0', record: old }, record)
 * // ['Threshold 2.1 → 2.2, weights as in 0.1.0.',
 * //  'Stand-alone figures since 0.1.0, out-of-fold (spam@1, n = 3761): precision .994 (.988–.997) → .992 (.986–.996), …']
 */
export function figuresLines(before: ReleasedRecord | null, after: MemberRecord): string[] {
  const splits = new Set([...after.figures, ...(before?.record.figures ?? [])].map(({ split }) => split));
  const figures = [...splits].toSorted().map((split) => splitLine(split, before, after));
  return [
    weightsLine(before, after),
    ...(figures.length > 0 ? figures : [`No stand-alone figures are on record (${after.fit.data}).`]),
  ];
}

function weightsLine(before: ReleasedRecord | null, after: MemberRecord): string {
  const now = digits(after.threshold);
  if (before === null) return `First release, threshold ${now}.`;
  const { version, record } = before;
  const threshold =
    record.threshold === after.threshold
      ? `Threshold ${now} as in ${version}`
      : `Threshold ${digits(record.threshold)} → ${now}`;
  if (record.artifact === null && after.artifact === null) return `${threshold}, no weights: plain code.`;
  const same = record.artifact?.sha256 === after.artifact?.sha256;
  return `${threshold}, ${same ? `weights as in ${version}` : 'new weights'}.`;
}

const FIGURES = ['precision', 'recall'] as const;

function splitLine(split: string, before: ReleasedRecord | null, after: MemberRecord): string {
  const [was, is] = [before?.record, after].map((record) => record?.figures.find((each) => each.split === split));
  const head = before === null ? 'Stand-alone figures' : `Stand-alone figures since ${before.version}`;
  const name = split === 'out-of-fold' ? 'out of fold' : `on ${split}`;
  const [from, to] = [dataOf(before?.record, was), dataOf(after, is)];
  const data = from === null || to === null ? (to ?? from) : arrow(from, to);
  const figures = [
    ...FIGURES.map((figure) => arrow(share(was, figure), share(is, figure))),
    arrow(coverageOf(was), coverageOf(is)),
  ];
  const changed = from !== null && to !== null && from !== to;
  const remark = changed ? '. Other data than before: the difference is not the member’s alone.' : '.';
  const said = [...FIGURES, 'coverage'].map((figure, i) => `${figure} ${figures[i] ?? ''}`).join(', ');
  if (before !== null && was === undefined) return `${head}, ${name} (${data}), not measured before: ${said}.`;
  if (is === undefined) return `${head}, ${name} (${data}), not measured any more; before: ${said}.`;
  return `${head}, ${name} (${data}): ${said}${remark}`;
}

function dataOf(record: MemberRecord | undefined, figures: StandAloneFigures | undefined): string | null {
  return record === undefined || figures === undefined ? null : `${record.fit.data}, n = ${figures.examples}`;
}

/** `null` for a side that was not measured. */
function arrow(from: string | null, to: string | null): string {
  if (from === null || to === null) return to ?? from ?? '';
  return from === to ? `${to} as before` : `${from} → ${to}`;
}

const WHY_UNDEFINED = { precision: 'no positives', recall: 'no positive labels' } as const;

function share(figures: StandAloneFigures | undefined, figure: 'precision' | 'recall'): string | null {
  if (figures === undefined) return null;
  const value = figures[figure];
  if (value === null) return `undefined (${WHY_UNDEFINED[figure]})`;
  // The schema of a record asks for the two figures, and for nothing beside them.
  const interval = (figures as Partial<StandAloneFigures>)[`${figure}Interval`] ?? null;
  return interval === null ? decimals(value) : `${decimals(value)} (${interval.map((end) => decimals(end)).join('–')})`;
}

function coverageOf(figures: Partial<StandAloneFigures> | undefined): string | null {
  if (figures === undefined) return null;
  return figures.coverage === undefined ? 'not on record' : decimals(figures.coverage);
}

/** As a card prints a threshold; the record has all of it. */
function digits(threshold: number): string {
  return String(Number(threshold.toPrecision(6)));
}

/** Three decimals without the leading zero, as the reports print a share. */
function decimals(value: number): string {
  return value.toFixed(3).replace(/^0\./, '.');
}
