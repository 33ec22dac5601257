import { plot, text } from '@observablehq/plot';
import { parseHTML } from 'linkedom';

/** A plot drawn twice, for a wide page and for a telephone, because scaled text is too small to read. */
export interface PlotFigure {
  /** What is plotted; the heading of the figure. */
  readonly title: string;
  /** Units, n, and what lines and colours mean. */
  readonly caption: string;
  /** What somebody hears who does not see the plot: the values. */
  readonly description: string;
  readonly draw: (size: PlotSize) => SVGSVGElement;
}

/** For how wide a place a plot is drawn. */
export interface PlotSize {
  readonly name: 'wide' | 'narrow';
  /** Pixels. */
  readonly width: number;
  /** Characters of a name before it is cut. */
  readonly nameLength: number;
}

/** The two places that a page draws for. */
export const PLOT_SIZES: readonly PlotSize[] = [
  { name: 'wide', width: 944, nameLength: 34 },
  { name: 'narrow', width: 336, nameLength: 13 },
];

/** Draws with Observable Plot where there is no browser. */
export function drawPlot(options: Parameters<typeof plot>[0] & { width: number; height: number }): SVGSVGElement {
  const drawn = plot({ className: 'drawing', ...options, document: emptyDocument() });
  // Without a legend or a caption of its own, a plot is an svg element.
  return drawn as SVGSVGElement & typeof drawn;
}

/** Puts drawings of one height beside each other in one image. */
export function besideEachOther(drawings: readonly SVGSVGElement[], height: number): SVGSVGElement {
  const outer = emptyDocument().createElementNS('http://www.w3.org/2000/svg', 'svg');
  let x = 0;
  for (const each of drawings) {
    each.setAttribute('x', String(x));
    x += Number(each.getAttribute('width'));
    outer.append(each);
  }
  outer.setAttribute('class', 'drawing');
  outer.setAttribute('width', String(x));
  outer.setAttribute('height', String(height));
  outer.setAttribute('viewBox', `0 0 ${x} ${height}`);
  return outer;
}

/** Puts drawings of one size into rows, from the left, in one image. */
export function inGrid(
  drawings: readonly SVGSVGElement[],
  { columns, width, height }: { readonly columns: number; readonly width: number; readonly height: number },
): SVGSVGElement {
  const outer = emptyDocument().createElementNS('http://www.w3.org/2000/svg', 'svg');
  drawings.forEach((each, index) => {
    each.setAttribute('x', String((index % columns) * width));
    each.setAttribute('y', String(Math.floor(index / columns) * height));
    outer.append(each);
  });
  const [allWidth, allHeight] = [columns * width, Math.ceil(drawings.length / columns) * height];
  outer.setAttribute('class', 'drawing');
  outer.setAttribute('width', String(allWidth));
  outer.setAttribute('height', String(allHeight));
  outer.setAttribute('viewBox', `0 0 ${allWidth} ${allHeight}`);
  return outer;
}

/** The name of a small panel and, on the first of a row, that of its upright axis: above it, where they take no room. */
export function panelTitles(name: string, axis: string | null, marginLeft: number): ReturnType<typeof text>[] {
  const common = { frameAnchor: 'top-left', dx: -marginLeft, text: (each: string) => each } as const;
  return [
    text([name], { ...common, dy: -42, fontSize: 13, fontWeight: 600 }),
    ...(axis === null ? [] : [text([axis], { ...common, dy: -20, fontSize: 12 })]),
  ];
}

/** Room above a panel for {@link panelTitles}. */
export const PANEL_MARGIN_TOP = 50;

/** A name that fits beside a plot. */
export function shortName(name: string, size: PlotSize): string {
  const points = [...name];
  return points.length <= size.nameLength ? name : `${points.slice(0, size.nameLength - 1).join('')}…`;
}

/** Pixels that the longest of the names needs beside a plot, at 13 pixels a letter. */
export function nameMargin(names: readonly string[], size: PlotSize): number {
  return 14 + Math.ceil(7.2 * Math.max(2, ...names.map((name) => [...shortName(name, size)].length)));
}

function emptyDocument(): Document {
  return parseHTML('<!doctype html><html><body></body></html>').document;
}
