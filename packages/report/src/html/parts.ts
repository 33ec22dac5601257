import { type Part, type SectionPart, partsFor } from '../document.ts';
import type { FigureTable } from '../figure-table.ts';
import { examplesToRead } from './examples.ts';
import { plotFigure } from './figure.ts';
import { type Markup, html } from './markup.ts';
import { figureTable } from './table.ts';

/** The parts of a document that a page shows. */
export function pageParts(parts: readonly Part[]): Markup[] {
  return partsFor('html', parts).map(pagePart);
}

function pagePart(part: Part, index: number): Markup {
  switch (part.kind) {
    case 'section':
      return section(part, index);
    case 'heading':
      return html`<h3>${part.text}</h3>`;
    case 'lead':
      return html`${part.answer === undefined ? null : html`<p class="answer ${part.answer.tone}">${part.answer.word}</p>`}
        <p class="verdict">${part.text}</p>`;
    case 'text':
      return html`<p class="line">${part.text}</p>`;
    case 'list':
      return html`${list(part.items, `${part.tone}s`)}`;
    case 'code':
      return html`<pre>${part.lines.join('\n')}</pre>`;
    case 'table':
      return part.headline === true ? headline(part.table) : figureTable(part.table);
    case 'folded':
      return folded(part);
    case 'plots':
      return part.plots.length === 1
        ? html`${part.plots.map(plotFigure)}`
        : html`<div class="pair">${part.plots.map(plotFigure)}</div>`;
    case 'examples':
      return examplesToRead(part.groups);
  }
}

/** Open: in sight, under a heading. */
function folded({ summary, open, parts }: Part & { kind: 'folded' }): Markup {
  if (open === true) {
    return html`<h3>${summary}</h3>
      ${pageParts(parts)}`;
  }
  return html`<details class="data">
    <summary>${summary}</summary>
    ${pageParts(parts)}
  </details>`;
}

/** Sections are numbered by their place, so that the contents of the page can point to them. */
function section(part: SectionPart, index: number): Markup {
  return html`<section class="split" id="part-${index}" aria-labelledby="part-${index}-title">
    <header>
      ${part.eyebrow === null ? null : html`<p class="eyebrow">${part.eyebrow}</p>`}
      <h2 id="part-${index}-title"><bdi>${part.title}</bdi></h2>
      ${part.description === null ? null : html`<p class="description">${part.description}</p>`}
      ${list(part.facts, 'facts')} ${list(part.warnings, 'warnings')}
    </header>
    ${pageParts(part.parts)}
  </section>`;
}

/** A few figures, large. */
function headline(table: FigureTable): Markup {
  return html`<dl class="headline">
    ${table.rows.map(
      ({ cells: [figure, value, counts] }) =>
        html`<div>
          <dt>${figure?.text ?? ''}</dt>
          <dd class="${(value?.text.length ?? 0) > 8 ? 'value words' : 'value'}">${value?.text ?? ''}</dd>
          <dd class="interval">${value?.aside === undefined ? '' : `95% interval ${value.aside}`}</dd>
          <dd class="counts">${counts?.text ?? ''}</dd>
        </div>`,
    )}
  </dl>`;
}

function list(sentences: readonly string[], name: string): Markup | null {
  if (sentences.length === 0) return null;
  return html`<ul class="${name}">
    ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
  </ul>`;
}
