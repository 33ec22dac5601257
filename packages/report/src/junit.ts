import type { ChangeOutcome, GateDecision, GateOutcome, GateTest } from '@clamor/evaluation';
import junitReportBuilder, { type Builder, type TestCase, type TestSuite } from 'junit-report-builder';

import { checkReport } from './check-report.ts';
import { figureFormat } from './figure-format.ts';
import { plainReport } from './plain-report.ts';
import type { ChangeReport, GateReport, JointReport } from './result-report.ts';
import { type ShownContext, type ShownResult, shownReport } from './rounding/shown-report.ts';
import type { Shown } from './rounding/shown.ts';

// A CommonJS module whose types name a default export that it does not have: the builder is the module itself.
const builder = junitReportBuilder as unknown as Builder;

/** A report that decides something. */
export type DecisionReport = GateReport | ChangeReport | JointReport;

/** How {@link renderJunit} writes. */
export interface RenderJunitOptions {
  /** What stops a build: whether a decision that the labels leave open is a failure. Default `failure`. */
  readonly inconclusive?: 'failure' | 'skipped';
}

/**
 * A decision as JUnit XML, for the page of tests that every CI shows: a suite per candidate, or per step of a joint gate,
 * with a case for the decision and one for every test that it is made by.
 *
 * Pass is a passed case, fail a failure, inconclusive a failure or skipped as asked, no effect skipped. The message is the
 * reason. Where nothing is tested, for lack of evidence, the case is skipped.
 *
 * @returns XML 1.0, ending with a line feed; every text in it escaped.
 * @throws What {@link checkReport} throws.
 */
export function renderJunit(report: DecisionReport, options: RenderJunitOptions = {}): string {
  checkReport(report);
  const shown = plainReport(shownReport(report)) as Extract<ShownResult, { kind: DecisionReport['kind'] }>;
  const root = builder.newBuilder().name(xmlText(`clamor ${shown.kind}`));
  const open = options.inconclusive ?? 'failure';
  for (const { name, outcome } of decisions(shown)) {
    const suite = root.testSuite().name(xmlText(name));
    addProperties(suite, shown.context);
    addCases(suite, outcome, { className: name, precision: shown.context.precision, open });
  }
  return `${root.build().trimEnd()}\n`;
}

type Outcome = Shown<GateOutcome> | Shown<ChangeOutcome>;

interface DecidedCandidate {
  readonly name: string;
  readonly outcome: Outcome;
}

/** Candidates left over count: they were asked about and do not join. */
function decisions(report: Extract<ShownResult, { kind: DecisionReport['kind'] }>): DecidedCandidate[] {
  const { suite } = report.context;
  if (report.kind !== 'joint') return [{ name: `${suite}: ${report.result.candidate}`, outcome: report.result }];
  return [...report.result.order, ...report.result.rejected].map(({ members, outcome }) => ({
    name: `${suite}: ${members.join(' + ')}`,
    outcome,
  }));
}

function addProperties(suite: TestSuite, context: ShownContext): void {
  const { suiteVersion, dataset, split, evidence, precision } = context;
  const properties = { suiteVersion, dataset, split, precision, queries: evidence?.queries };
  for (const [name, value] of Object.entries(properties)) {
    if (value !== undefined) suite.property(name, xmlText(String(value)));
  }
}

interface CaseOptions {
  readonly className: string;
  readonly precision: ShownContext['precision'];
  readonly open: 'failure' | 'skipped';
}

const RESULT_OF: { readonly [Decision in GateDecision]: GateTest['result'] } = {
  pass: 'passed',
  fail: 'failed',
  inconclusive: 'open',
  'no effect': 'none',
};

function addCases(suite: TestSuite, outcome: Outcome, options: CaseOptions): void {
  const tests =
    'regions' in outcome
      ? {
          precision: outcome.precision,
          recall: outcome.recall,
          // Not asked of a version that is shown to raise the precision: its failure would be no failure.
          ...(outcome.raises.result === 'passed' ? {} : { merit: outcome.merit }),
        }
      : { harm: outcome.harm, merit: outcome.merit };
  addCase(suite, { name: 'decision', result: RESULT_OF[outcome.decision], message: outcome.reason }, options);
  const format = figureFormat(options.precision);
  for (const [name, test] of Object.entries(tests)) {
    const message =
      test.probability === null
        ? `There is no evidence for ${name}.`
        : `${name}: probability ${format.probability(test.probability)}, ${test.confidence ?? 0} is asked.`;
    addCase(suite, { name, result: test.result, message }, options);
  }
}

interface Case {
  readonly name: string;
  readonly result: GateTest['result'];
  readonly message: string;
}

function addCase(suite: TestSuite, { name, result, message }: Case, { className, open }: CaseOptions): void {
  const added: TestCase = suite.testCase().name(name).className(xmlText(className));
  const told = xmlText(message);
  if (result === 'failed') added.failure(told, 'failed');
  else if (result === 'open' && open === 'failure') added.failure(told, 'inconclusive');
  else if (result !== 'passed') added.skipped();
  added.standardOutput(told);
}

/** Plain text holds no control character; XML refuses two more. */
function xmlText(text: string): string {
  return text.replaceAll(/[\uFFFE\uFFFF]/gu, '\uFFFD');
}
