import { PLOT_SIZES, type PlotFigure, type PlotSize } from '../plots/plot-frame.ts';
import { type Markup, html, trusted } from './markup.ts';

/** The figure element: title, both drawings (one is shown), caption. */
export function plotFigure(figure: PlotFigure): Markup {
  return html`<figure class="plot">
    <h4>${figure.title}</h4>
    ${PLOT_SIZES.map((size) => drawing(figure, size))}
    <figcaption>${figure.caption}</figcaption>
  </figure>`;
}

function drawing(figure: PlotFigure, size: PlotSize): Markup {
  const svg = figure.draw(size);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', `${figure.title}. ${figure.description}`);
  // The page's policy allows one style sheet, its own; and inside an image nothing has a role of its own.
  for (const style of svg.querySelectorAll('style')) style.remove();
  for (const inner of svg.querySelectorAll('[aria-label], [aria-hidden]')) {
    inner.removeAttribute('aria-label');
    inner.removeAttribute('aria-hidden');
  }
  return html`<div class="${size.name} scroll" tabindex="0" role="group" aria-label="${figure.title}">
    ${trusted(svg.outerHTML)}
  </div>`;
}
