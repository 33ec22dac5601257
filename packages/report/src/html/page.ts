import { createHash } from 'node:crypto';

import { checkReport } from '../check-report.ts';
import { describeReport } from '../describe/describe-report.ts';
import { type ReportDocument, partsFor } from '../document.ts';
import type { Report } from '../report.ts';
import { shownReport } from '../rounding/shown-report.ts';
import { type Markup, html, trusted } from './markup.ts';
import { pageParts } from './parts.ts';
import { STYLE } from './style.ts';

/**
 * A report as one page that needs nothing else: no network, no script, no font.
 *
 * Mail is hostile input. Every text is bounded, rid of control characters and escaped; subjects are isolated from the
 * direction of the text around them; and the page's Content-Security-Policy allows one style sheet, by its hash, and
 * nothing else, so that even an escape that failed could neither run nor load anything.
 *
 * @returns A complete HTML document.
 * @throws What {@link checkReport} throws.
 */
export function renderHtml(report: Report): string {
  checkReport(report);
  return `<!doctype html>\n${page(describeReport(shownReport(report))).markup}\n`;
}

function page(document: ReportDocument): Markup {
  const hash = createHash('sha256').update(STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const { title, brand, stamps, legend } = document;
  return html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content="${policy}" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="referrer" content="no-referrer" />
      <meta name="color-scheme" content="light dark" />
      <title>${title} · ${brand}</title>
      ${trusted(`<style>${STYLE}</style>`)}
    </head>
    <body>
      <header class="page">
        <p class="brand">${brand}</p>
        <h1 class="${title.length > 24 ? 'long' : ''}"><bdi>${title}</bdi></h1>
        <p class="versions">${stamps.map(({ label, value }) => html`<span>${label} <code>${value}</code></span> `)}</p>
        ${contents(document)}
      </header>
      <main>${pageParts(document.parts)}</main>
      <footer>
        <h2>How to read this</h2>
        <ul>
          ${legend.map((line) => html`<li>${line}</li>`)}
        </ul>
      </footer>
    </body>
  </html>`;
}

function contents({ parts }: ReportDocument): Markup | null {
  const sections = partsFor('html', parts).map((part, index) => ({ part, index }));
  const titled = sections.filter(({ part }) => part.kind === 'section');
  if (titled.length < 3) return null;
  return html`<nav aria-label="Contents">
    ${titled.map(({ part, index }) =>
      part.kind === 'section' ? html`<a href="#part-${index}"><bdi>${part.title}</bdi></a> ` : null,
    )}
  </nav>`;
}
