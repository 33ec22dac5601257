import type { PositiveSet } from '@clamor/evaluation';
import { axisX, barX, dot, gridX, link, ruleY, stackX, text } from '@observablehq/plot';

import { formatCount } from '../format-figure.ts';
import { type PlotFigure, type PlotSize, besideEachOther, drawPlot, shortName } from './plot-frame.ts';

const ROW_HEIGHT = 26;
const SETS_SHOWN = 18;
const PARTS = [
  { name: 'label 1 (TP)', fill: 'var(--tp)', count: (set: PositiveSet) => set.truePositives },
  { name: 'label 0 (FP)', fill: 'var(--fp)', count: (set: PositiveSet) => set.falsePositives },
  { name: 'no label', fill: 'var(--none)', count: (set: PositiveSet) => set.unlabelled },
] as const;

/**
 * An UpSet plot lying on its side: a row per set of members that are positive together, the members as columns of dots,
 * and the number of examples as a bar, so that it fits a telephone.
 *
 * @param members - All members, in the order of the columns; those in no set shown are left out.
 * @see Lex, Gehlenborg, Strobelt, Vuillemot, Pfister, UpSet: visualization of intersecting sets, IEEE TVCG 2014,
 * https://doi.org/10.1109/TVCG.2014.2346248
 */
export function upsetPlot(sets: readonly PositiveSet[], members: readonly string[]): PlotFigure {
  const nonempty = sets.filter((set) => set.members.length > 0).toSorted((a, b) => b.weight - a.weight);
  const isWeighted = nonempty.some((set) => Math.abs(set.weight - set.count) > 1e-9 * set.count);
  const shown = nonempty.slice(0, SETS_SHOWN);
  const rest = nonempty.length - shown.length;
  return {
    title: 'Which members are positive together',
    caption:
      'Each row is a set of examples: the filled dots say which members are positive on it and no others. ' +
      `Bars count examples${isWeighted ? ' (sums of sampling weights)' : ''}, n and FP at their end: ` +
      'blue with label 1 (TP), orange with label 0 (FP), grey without a label. A row with one dot holds the positives of that member alone.' +
      (rest > 0 ? ` The ${formatCount(shown.length)} largest of ${formatCount(nonempty.length)} sets are shown.` : ''),
    description: shown.map(describeSet).join('; '),
    draw: (size) =>
      draw(
        shown,
        members.filter((name) => shown.some((set) => set.members.includes(name))),
        size,
      ),
  };
}

function describeSet(set: PositiveSet): string {
  return `${set.members.join(' and ')}: ${counts(set)}`;
}

function counts(set: PositiveSet): string {
  const fp = set.falsePositives > 0 ? ` · ${formatCount(set.falsePositives)} FP` : '';
  return `${formatCount(set.weight)}${fp}`;
}

function draw(sets: readonly PositiveSet[], members: readonly string[], size: PlotSize): SVGSVGElement {
  const column = size.name === 'wide' ? 28 : 19;
  const longest = Math.max(...members.map((name) => shortName(name, size).length));
  const common = { marginTop: 24 + longest * 6, marginBottom: 40 };
  const height = sets.length * ROW_HEIGHT + common.marginTop + common.marginBottom;
  const y = { type: 'band', domain: sets.map((_, row) => row), axis: null } as const;
  // Room on the right of the matrix for the last name, which is written aslant.
  const matrixWidth = 12 + members.length * column + (size.name === 'wide' ? 40 : 14);
  const width = Math.max(size.width - matrixWidth, 170);
  return besideEachOther(
    [
      matrix(sets, members, { ...common, height, y, size, column, width: matrixWidth }),
      bars(sets, { ...common, height, y, width, size }),
    ],
    height,
  );
}

interface Frame {
  readonly marginTop: number;
  readonly marginBottom: number;
  readonly height: number;
  readonly width: number;
  readonly size: PlotSize;
  readonly y: { readonly type: 'band'; readonly domain: number[]; readonly axis: null };
}

function matrix(
  sets: readonly PositiveSet[],
  members: readonly string[],
  frame: Frame & { column: number },
): SVGSVGElement {
  const { size, column, ...common } = frame;
  const cells = sets.flatMap((set, row) =>
    members.map((name, index) => ({ row, index, isIn: set.members.includes(name), name })),
  );
  const ends = sets.map((set, row) => {
    const indices = set.members.map((name) => members.indexOf(name)).filter((index) => index >= 0);
    return { row, from: Math.min(...indices), to: Math.max(...indices) };
  });
  return drawPlot({
    ...common,
    marginLeft: 12,
    marginRight: frame.width - 12 - members.length * column,
    x: { type: 'point', padding: 0.5, domain: members.map((_, index) => index), axis: null },
    marks: [
      ruleY(
        sets.map((_, row) => row),
        { y: (row: number) => row, stroke: 'var(--line)' },
      ),
      dot(cells, { x: 'index', y: 'row', r: 3, fill: 'var(--line)' }),
      link(ends, { x1: 'from', x2: 'to', y1: 'row', y2: 'row', stroke: 'var(--ink)', strokeWidth: 2 }),
      dot(
        cells.filter((cell) => cell.isIn),
        { x: 'index', y: 'row', r: column > 20 ? 6 : 5, fill: 'var(--ink)' },
      ),
      text(members, {
        x: (_: string, index: number) => index,
        text: (name: string) => shortName(name, size),
        title: (name: string) => name,
        frameAnchor: 'top',
        textAnchor: 'start',
        rotate: -50,
        dy: -10,
        dx: 2,
        fontSize: 13,
      }),
    ],
  });
}

function bars(sets: readonly PositiveSet[], frame: Frame): SVGSVGElement {
  const { size, ...common } = frame;
  const parts = sets.flatMap((set, row) =>
    PARTS.map((part) => ({ row, part: part.name, count: part.count(set), set })).filter((each) => each.count > 0),
  );
  return drawPlot({
    ...common,
    marginLeft: 4,
    marginRight: 92,
    x: { domain: [0, Math.max(1, ...sets.map((set) => set.weight))], label: null },
    color: { domain: PARTS.map((part) => part.name), range: PARTS.map((part) => part.fill) },
    marks: [
      gridX({ ticks: size.name === 'wide' ? 5 : 2, stroke: 'var(--line)', strokeOpacity: 1 }),
      axisX({
        ticks: size.name === 'wide' ? 5 : 2,
        tickSize: 0,
        tickFormat: formatCount,
        label: 'examples',
        labelAnchor: 'center',
        labelArrow: 'none',
        fontSize: 12,
      }),
      barX(
        parts,
        stackX({
          y: 'row',
          x: 'count',
          fill: 'part',
          order: PARTS.map((part) => part.name),
          insetTop: 5,
          insetBottom: 5,
          title: (each: { part: string; count: number; set: PositiveSet }) =>
            `${each.set.members.join(' + ')}: ${formatCount(each.count)} with ${each.part}`,
        }),
      ),
      text(sets, {
        y: (_: PositiveSet, row: number) => row,
        x: 'weight',
        text: counts,
        textAnchor: 'start',
        dx: 7,
        fontSize: 12,
      }),
    ],
  });
}
