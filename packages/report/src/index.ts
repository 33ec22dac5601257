export { compareBaseline } from './compare-baseline.ts';
export { REPORT_ERRORS, ReportError } from './errors.ts';
export { renderHtml } from './html/page.ts';
export { JSON_FORMAT, renderJson } from './json.ts';
export { renderMarkdown } from './markdown.ts';
export { renderTerminal } from './terminal.ts';

export type { BaselineComparison, BaselineOutcome, ComparableFigures } from './compare-baseline.ts';
export type { ReportErrorCode } from './errors.ts';
export type { ReportPackage, ReportRole, ReportSection, SuiteReport, UniqueExample, UniqueExamples } from './report.ts';
export type { RenderTerminalOptions } from './terminal.ts';
