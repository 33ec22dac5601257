export { STORE_ERRORS, StoreError } from './errors.ts';
export { assertMayEvaluate } from './evidence.ts';
export { columnKey, findColumn, keepColumn, MAX_CACHED_COLUMNS, touchColumn } from './cached-column.ts';
export { ExamplesHash } from './examples-hash.ts';
export { logQuery, readQueries } from './evidence-log.ts';
export { hashColumns, parseQuery, QUERY_KINDS } from './evidence-query.ts';
export { countQueries, DECIDING_KINDS, openingsOf } from './evidence-use.ts';
export { readJsonLines } from './json-lines.ts';
export { readJudgementTable } from './judgement-table.ts';
export { readLabelledExamples, rowInput } from './labelled-examples.ts';
export { decodeNpy, encodeNpy, readNpy, writeNpy } from './npy.ts';
export { readEncoderColumn } from './read-encoder-column.ts';
export { MAX_ENCODER_COLUMNS, writeEncoderColumn } from './write-encoder-column.ts';
export { readColumns } from './read-columns.ts';
export { readLabels } from './read-labels.ts';
export { joinScores, readScores } from './read-scores.ts';
export { readSummary } from './read-summary.ts';
export { MAX_ROW_BYTES } from './row.ts';
export { readRows, rowFormatOf } from './rows.ts';
export { assertSameDataset } from './same-dataset.ts';
export { findSplit, hashDataset, hashIds, idSetRecord } from './splits.ts';
export { writeColumns } from './write-columns.ts';

export type { CachedColumnRequest } from './cached-column.ts';
export type { ColumnManifest, ColumnToStore, StoredColumn } from './column-manifest.ts';
export type { EncoderColumn, EncoderColumnManifest, EncoderColumnToStore, EncodedTexts } from './encoder-column.ts';
export type { NpyArray, ShapedArray } from './npy.ts';
export type { StoreErrorCode } from './errors.ts';
export type {
  BaselineColumn,
  BaselineRequest,
  EvaluationSource,
  ExampleDescription,
  LabelledExample,
  StoredColumns,
} from './evaluation-source.ts';
export type { EvidenceMark, FittedOn } from './evidence.ts';
export type { ColumnIdentity, EvidenceQuery, QueryKind } from './evidence-query.ts';
export type { EvidencePlace, EvidenceUse } from './evidence-use.ts';
export type { ReadJudgementTableOptions, StoredJudgements } from './judgement-table.ts';
export type { LabelledRow, RowInput } from './labelled-examples.ts';
export type { ReadColumnsOptions } from './read-columns.ts';
export type { StoredLabels } from './read-labels.ts';
export type { JoinedScores, StoredScores } from './read-scores.ts';
export type { StoredSummary } from './read-summary.ts';
export type { Row, RowFault, RowFormat } from './row.ts';
export type { ReadRowsOptions } from './rows.ts';
export type { DatasetInUse } from './same-dataset.ts';
export type { Split, SplitRole } from './splits.ts';
