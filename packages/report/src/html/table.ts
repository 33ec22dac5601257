import type { FigureCell, FigureColumn, FigureTable } from '../figure-table.ts';
import { type Markup, html } from './markup.ts';

/** A table of figures; on a narrow page it scrolls inside its own frame and the names stay in sight. */
export function figureTable(table: FigureTable): Markup {
  // Where one row has an aside, every row keeps its place, so that the figures stand in a line.
  const asides = table.columns.map((_, index) => table.rows.some((row) => row.cells[index]?.aside !== undefined));
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${table.caption}">
    <table class="${table.columns.length <= 3 ? 'few' : ''}">
      <caption>
        <span>${table.caption}</span>
      </caption>
      <thead>
        ${groupRow(table)}
        <tr>
          ${table.columns.map((column) => html`<th scope="col" class="${column.align}">${column.heading}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${table.rows.map((row) => {
          const cells = row.cells.map((each, index) =>
            bodyCell(withPlace(each, asides[index]), table.columns[index], index),
          );
          return html`<tr class="${row.strong === true ? 'strong' : ''}">
            ${cells}
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}

function groupRow(table: FigureTable): Markup | null {
  if (table.columns.every((column) => column.group === undefined)) return null;
  const groups: { name: string | undefined; span: number }[] = [];
  for (const column of table.columns) {
    const last = groups.at(-1);
    if (last !== undefined && last.name === column.group) last.span += 1;
    else groups.push({ name: column.group, span: 1 });
  }
  return html`<tr class="groups">
    ${groups.map(({ name, span }) =>
      name === undefined
        ? html`<td colspan="${span}"></td>`
        : html`<th scope="colgroup" colspan="${span}"><span>${name}</span></th>`,
    )}
  </tr>`;
}

function withPlace(cell: FigureCell, hasAside: boolean | undefined): FigureCell {
  return hasAside === true ? { aside: '', ...cell } : cell;
}

function bodyCell(cell: FigureCell, column: FigureColumn | undefined, index: number): Markup {
  const text = cell.foreign === true ? html`<bdi>${cell.text}</bdi>` : cell.text;
  const aside = cell.aside === undefined ? null : html` <small>${cell.aside}</small>`;
  const align = column?.align ?? 'left';
  if (index === 0) return html`<th scope="row" class="${align}">${text}${aside}</th>`;
  return html`<td class="${align}">${text}${aside}</td>`;
}
