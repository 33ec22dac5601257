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

/** A finished picture: panels beside each other on white, with a title for screen readers. */
export function renderSvg(panels: readonly SVGSVGElement[], { title, description }: PlotText): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const outer = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  let x = 0;
  for (const panel of panels) {
    panel.setAttribute('x', String(x));
    x += Number(panel.getAttribute('width'));
  }
  const height = Math.max(...panels.map((panel) => Number(panel.getAttribute('height'))));
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
