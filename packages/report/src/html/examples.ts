import { formatCount, formatQuantity, formatScore } from '../format-figure.ts';
import type { UniqueExample, UniqueExamples } from '../report.ts';
import { type Markup, html } from './markup.ts';

const ITEMS_SHOWN = 100;

/** The unique examples of every member, folded, to be read by the owners. Hostile text: escaped, bounded, isolated. */
export function examplesToRead(groups: readonly UniqueExamples[]): Markup {
  return html`<div class="examples">${groups.map((group, index) => memberExamples(group, index === 0))}</div>`;
}

function memberExamples(group: UniqueExamples, open: boolean): Markup {
  const wrong = group.items.filter((item) => item.label === 0).length;
  const shown = group.items.slice(0, ITEMS_SHOWN);
  const more = group.items.length > shown.length ? `, the first ${formatCount(shown.length)} shown` : '';
  const said = `${formatQuantity(group.items.length, 'example')}, ${formatCount(wrong)} with label 0${more}`;
  const title = html`<summary><bdi>${group.member}</bdi> <small>${said}</small></summary>`;
  const list = html`<ol>
    ${shown.map(exampleItem)}
  </ol>`;
  return open ? html`<details open>${title} ${list}</details>` : html`<details>${title} ${list}</details>`;
}

function exampleItem(item: UniqueExample): Markup {
  const title = item.title === '' ? html`<em>no title</em>` : html`<bdi dir="auto">${item.title}</bdi>`;
  return html`<li>
    <p class="title">${title}</p>
    <p class="about">
      ${labelChip(item.label)} score ${formatScore(item.score)} ≥ threshold ${formatScore(item.threshold)} ·
      <bdi>${item.key}</bdi>
    </p>
  </li>`;
}

function labelChip(label: 0 | 1 | null): Markup {
  if (label === null) return html`<span class="chip">no label</span>`;
  return label === 1
    ? html`<span class="chip tp">label 1 · TP</span>`
    : html`<span class="chip fp">label 0 · FP</span>`;
}
