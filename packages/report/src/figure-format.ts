import type { Interval } from '@clamor/evaluation';

import type { FigureCell } from './figure-table.ts';
import {
  UNDEFINED,
  formatCount,
  formatDifference,
  formatInterval,
  formatProbability,
  formatShare,
} from './format-figure.ts';
import type { ReportPrecision } from './result-report.ts';

/** How the figures of one document are written: all of them exactly, or all of them rounded. */
export interface FigureFormat {
  readonly precision: ReportPrecision;
  readonly share: (share: number | null) => string;
  readonly interval: (interval: Interval | null) => string;
  /** A difference of shares, in percentage points. */
  readonly difference: (difference: number | null) => string;
  readonly probability: (probability: number | null) => string;
  /** Empty where counts are withheld: tables leave out what is empty in every row. */
  readonly count: (count: number | null) => string;
}

const EXACT: FigureFormat = {
  precision: 'exact',
  share: formatShare,
  interval: formatInterval,
  difference: (difference) => formatDifference(difference, 2),
  probability: formatProbability,
  count: formatCount,
};

// Of figures that `roundReport` has rounded, so each text is true of the figure before it was rounded, too.
const ROUNDED: FigureFormat = {
  precision: 'rounded',
  share: (share) => {
    if (share === null) return UNDEFINED;
    const percent = Math.round(share * 100);
    if (percent === 100) return '>99%';
    return percent === 0 ? '<1%' : `${percent}%`;
  },
  interval: (interval) => {
    if (interval === null) return '';
    const [low, high] = interval.map((end) => Math.round(end * 100));
    return `[${low}–${high}]`;
  },
  difference: (difference) => {
    if (difference === null) return UNDEFINED;
    const points = Math.round(Math.abs(difference) * 100);
    if (points === 0) return 'less than a point';
    return `${difference > 0 ? '+' : '−'}${points} ${points === 1 ? 'point' : 'points'}`;
  },
  probability: (probability) => {
    if (probability === null) return UNDEFINED;
    const tenths = Math.round(probability * 10);
    return tenths === 0 ? '<.1' : `≥.${Math.min(9, tenths)}`;
  },
  count: (count) => (count === null ? '' : formatCount(count)),
};

/** The format of a document. */
export function figureFormat(precision: ReportPrecision): FigureFormat {
  return precision === 'rounded' ? ROUNDED : EXACT;
}

/** A share with its interval said more quietly. */
export function shareCell(format: FigureFormat, share: number | null, interval: Interval | null): FigureCell {
  const aside = format.interval(interval);
  return { text: format.share(share), ...(aside === '' ? {} : { aside }) };
}

/** The same in a sentence: `98.5% [97.1–99.3]`. */
export function shareText(format: FigureFormat, share: number | null, interval: Interval | null): string {
  return `${format.share(share)} ${format.interval(interval)}`.trimEnd();
}
