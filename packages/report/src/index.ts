export { compareBaseline } from './compare-baseline.ts';
export { formatSpan } from './format-span.ts';
export { REPORT_ERRORS, ReportError } from './errors.ts';
export { renderHtml } from './html/page.ts';
export { JSON_FORMAT, renderJson } from './json.ts';
export { renderJunit } from './junit.ts';
export { renderMarkdown } from './markdown.ts';
export { REPORT_SCHEMAS } from './schemas/report-schemas.ts';
export { renderTerminal } from './terminal.ts';

export type { BaselineComparison, BaselineOutcome, ComparableFigures } from './compare-baseline.ts';
export type { ReportErrorCode } from './errors.ts';
export type {
  BumpCause,
  ChangedExample,
  ChangedThing,
  ChangedWay,
  ChangesetCheck,
  CompareAnswer,
  MemberComparison,
  OutputComparison,
  VersionBump,
} from './compare-answer.ts';
export type { DecisionReport, RenderJunitOptions } from './junit.ts';
export type {
  BlockKind,
  CandidateChange,
  Concurrency,
  FigureTrend,
  LandedCandidate,
  LeadTime,
  QueueAnswer,
  QueueBlock,
  QueueCandidate,
  QueueMember,
  QueueReport,
  TrendPoint,
} from './queue-answer.ts';
export type {
  MemberCurve,
  Report,
  ReportPackage,
  ReportRole,
  ReportSection,
  SectionCurves,
  SuiteReport,
  UniqueExample,
  UniqueExamples,
} from './report.ts';
export type {
  AdviceReport,
  ChangeReport,
  CompareReport,
  EvidenceCount,
  GateReport,
  JointReport,
  LabelAnswer,
  LabelReport,
  ReportContext,
  ReportPrecision,
  ResultReport,
  TuneReport,
  UnionReport,
} from './result-report.ts';
export type { RenderTerminalOptions } from './terminal.ts';
