export { hashIds, idSetRecord } from './splits.ts';

export type { ColumnManifest, StoredColumn } from './column-manifest.ts';
export type {
  BaselineColumn,
  BaselineRequest,
  EvaluationSource,
  ExampleDescription,
  LabelledExample,
  StoredColumns,
} from './evaluation-source.ts';
export type { Split, SplitRole } from './splits.ts';
