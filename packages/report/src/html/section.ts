import { describeSection } from '../describe-section.ts';
import type { FigureTable } from '../figure-table.ts';
import type { ReportSection, SuiteReport } from '../report.ts';
import { baselinesTable, membersTable, positiveSetsTable, suiteTable } from '../tables.ts';
import { examplesToRead } from './examples.ts';
import { baselinePlot, uniquePrecisionPlot } from './figure-plots.ts';
import { type Markup, html } from './markup.ts';
import { overlapPlot } from './overlap-plot.ts';
import { plotFigure } from './plot-frame.ts';
import { figureTable } from './table.ts';
import { upsetPlot } from './upset-plot.ts';

const SETS_IN_TABLE = 40;

/** One split: the verdict on the suite first, then who contributes what, then the baselines. */
export function splitSection(report: SuiteReport, section: ReportSection, index: number): Markup {
  const words = describeSection(report, section);
  const { members } = section.evaluation;
  return html`<section class="split" id="split-${index}" aria-labelledby="split-${index}-title">
    <header>
      <p class="eyebrow">Split</p>
      <h2 id="split-${index}-title"><bdi>${words.split}</bdi></h2>
      ${section.description === undefined ? null : html`<p class="description">${section.description}</p>`}
      <ul class="facts">
        ${words.facts.map((fact) => html`<li>${fact}</li>`)}
      </ul>
      ${list(words.warnings, 'warnings')}
    </header>
    <p class="verdict">${words.verdict}</p>
    ${headline(suiteTable(section))} ${list(words.notes, 'notes')}
    ${
      members.length === 0
        ? null
        : html`<h3>Who contributes what</h3>
            ${figureTable(membersTable(section))} ${plotFigure(uniquePrecisionPlot(report, section))}`
    }
    ${agreement(section)}
    ${
      section.baselines.length === 0
        ? null
        : html`<h3>Beside the baselines</h3>
            ${list(words.baselines, 'sentences')} ${figureTable(baselinesTable(section))}
            <div class="pair">
              ${plotFigure(baselinePlot(section, 'precision'))} ${plotFigure(baselinePlot(section, 'recall'))}
            </div>`
    }
    ${
      section.uniqueExamples === undefined
        ? null
        : html`<h3>Examples that only one member calls positive</h3>
            ${examplesToRead(section.uniqueExamples)}`
    }
  </section>`;
}

/** The three figures of the suite, large. */
function headline(table: FigureTable): Markup {
  return html`<dl class="headline">
    ${table.rows.map(
      ({ cells: [figure, value, counts] }) =>
        html`<div>
          <dt>${figure?.text ?? ''}</dt>
          <dd class="value">${value?.text ?? ''}</dd>
          <dd class="interval">${value?.aside === undefined ? '' : `95% interval ${value.aside}`}</dd>
          <dd class="counts">${counts?.text ?? ''}</dd>
        </div>`,
    )}
  </dl>`;
}

function agreement(section: ReportSection): Markup | null {
  const { evaluation, positiveSets } = section;
  const names = evaluation.members.map((member) => member.name);
  const hasSets = positiveSets.some((set) => set.members.length > 0);
  if (!hasSets || names.length < 2) return null;
  return html`<h3>Where members agree</h3>
    ${plotFigure(upsetPlot(positiveSets, names))}
    <details class="data">
      <summary>The same as a table</summary>
      ${figureTable(positiveSetsTable(section, SETS_IN_TABLE))}
    </details>
    ${plotFigure(overlapPlot(evaluation))}`;
}

function list(sentences: readonly string[], name: string): Markup | null {
  if (sentences.length === 0) return null;
  return html`<ul class="${name}">
    ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
  </ul>`;
}
