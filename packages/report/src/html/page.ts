import { createHash } from 'node:crypto';

import { checkReport } from '../check-report.ts';
import { LEGEND } from '../format-figure.ts';
import { plainReport } from '../plain-report.ts';
import type { SuiteReport } from '../report.ts';
import { packagesTable } from '../tables.ts';
import { type Markup, html, trusted } from './markup.ts';
import { splitSection } from './section.ts';
import { STYLE } from './style.ts';
import { figureTable } from './table.ts';

/**
 * The report as one page that needs nothing else: no network, no script, no font.
 *
 * Mail is hostile input. Every text is bounded, rid of control characters and escaped; subjects are isolated from the
 * direction of the text around them; and the page's Content-Security-Policy allows one style sheet, by its hash, and
 * nothing else, so that even an escape that failed could neither run nor load anything.
 *
 * @returns A complete HTML document.
 * @throws What {@link checkReport} throws.
 */
export function renderHtml(report: SuiteReport): string {
  checkReport(report);
  return `<!doctype html>\n${page(plainReport(report)).markup}\n`;
}

function page(report: SuiteReport): Markup {
  const hash = createHash('sha256').update(STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content="${policy}" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="referrer" content="no-referrer" />
      <meta name="color-scheme" content="light dark" />
      <title>${report.suite} · Clamor report</title>
      ${trusted(`<style>${STYLE}</style>`)}
    </head>
    <body>
      <header class="page">
        <p class="brand">Clamor suite report</p>
        <h1><bdi>${report.suite}</bdi></h1>
        <p class="versions">
          suite version <code>${report.suiteVersion}</code>
          ${report.stateVersion === undefined ? null : html` · state <code>${report.stateVersion}</code>`}
        </p>
        ${contents(report)}
      </header>
      <main>
        ${report.sections.map((section, index) => splitSection(report, section, index))}
        ${
          report.packages.length === 0
            ? null
            : html`<section id="packages" aria-labelledby="packages-title">
                <h2 id="packages-title">Packages</h2>
                ${figureTable(packagesTable(report.packages))}
              </section>`
        }
      </main>
      <footer>
        <h2>How to read this</h2>
        <ul>
          ${LEGEND.map((line) => html`<li>${line}</li>`)}
          <li>A member is one classifier. The suite is positive when any of its members is positive.</li>
        </ul>
      </footer>
    </body>
  </html>`;
}

function contents(report: SuiteReport): Markup | null {
  if (report.sections.length < 2) return null;
  return html`<nav aria-label="Splits">
    ${report.sections.map((section, index) => html`<a href="#split-${index}"><bdi>${section.split}</bdi></a> `)}
  </nav>`;
}
