import { plot } from '@observablehq/plot';
import { parseHTML } from 'linkedom';

/** Colours that can be told apart in every kind of sight, on white: a page of documentation has no style sheet. */
export const COLOURS = {
  suite: '#0a66c2',
  joint: '#c2410c',
  beside: '#6b7280',
  third: '#0f766e',
  line: '#d9d9d9',
  ink: '#1f2328',
};

/** Text for who does not see the picture. */
export interface PlotText {
  readonly title: string;
  readonly description: string;
}

/** What a colour means. */
export interface LegendEntry {
  readonly name: string;
  readonly colour: string;
  /** What was before is drawn hollow. */
  readonly isHollow?: boolean;
}

const LEGEND_HEIGHT = 30;

/** A finished picture: panels beside each other on white, the legend below, and a title for screen readers. */
export function renderSvg(
  panels: readonly SVGSVGElement[],
  { title, description, legend }: PlotText & { readonly legend: readonly LegendEntry[] },
): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const outer = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  let x = 0;
  for (const panel of panels) {
    panel.setAttribute('x', String(x));
    x += Number(panel.getAttribute('width'));
  }
  const panelHeight = Math.max(...panels.map((panel) => Number(panel.getAttribute('height'))));
  const height = panelHeight + LEGEND_HEIGHT;
  outer.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  outer.setAttribute('viewBox', `0 0 ${x} ${height}`);
  outer.setAttribute('width', String(x));
  outer.setAttribute('height', String(height));
  outer.setAttribute('role', 'img');
  outer.setAttribute('font-family', 'system-ui, sans-serif');
  const add = (tag: string, text: string) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    element.textContent = text;
    outer.append(element);
  };
  add('title', title);
  add('desc', description);
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  paper.setAttribute('width', '100%');
  paper.setAttribute('height', '100%');
  paper.setAttribute('fill', '#fff');
  outer.append(paper, ...panels);
  let at = 12;
  for (const { name, colour, isHollow = false } of legend) {
    const entry = document.createElementNS('http://www.w3.org/2000/svg', 'text');
    entry.setAttribute('x', String(at));
    entry.setAttribute('y', String(panelHeight + 16));
    entry.setAttribute('fill', colour);
    entry.setAttribute('font-size', '13');
    entry.textContent = `${isHollow ? '○' : '●'} ${name}`;
    outer.append(entry);
    at += 40 + 7 * name.length;
  }
  return `${outer.outerHTML}\n`;
}

/** Draws with Observable Plot where there is no browser. */
export function drawPanel(options: Parameters<typeof plot>[0] & { width: number; height: number }): SVGSVGElement {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const drawn = plot({ className: 'panel', style: { fontSize: '12px', color: COLOURS.ink }, ...options, document });
  // Without a legend or a caption of its own, a plot is an svg element.
  const svg = drawn as SVGSVGElement & typeof drawn;
  // Its style sheet is for pages; fonts and colours are given above.
  svg.querySelector('style')?.remove();
  svg.setAttribute('font-size', '12');
  svg.setAttribute('fill', COLOURS.ink);
  return svg;
}
