import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { OnnxClassifier, ScoreColumn } from '@clamor/contract';
import type { EncodeTexts } from '@clamor/onnx';
import { evaluation } from '@clamor/spam-evaluation';
import type { ColumnToStore } from '@clamor/store';

import type { FitExample } from './fit.ts';
import { type FitPlan, fitIds, thresholdIds } from './fit-plan.ts';
import { scoreExamples } from './score-examples.ts';
import { findSplit, type WorkspaceMember } from './workspace.ts';

/** A member's out-of-fold column of a fit, ready to be written. */
export function outOfFoldColumn(
  plan: FitPlan,
  { name, found }: WorkspaceMember,
  { column, threshold }: { readonly column: ScoreColumn; readonly threshold: number },
): ColumnToStore {
  return {
    ...aboutColumn(plan),
    ids: thresholdIds(plan),
    outOfFold: true,
    kind: 'member',
    name,
    version: found.version,
    threshold,
    column,
  };
}

/** Scores of a model of the fit on earlier mail on the mails of `later`. */
export async function scoreLater(options: {
  readonly folder: string;
  readonly classifier: OnnxClassifier<unknown>;
  readonly mails: ReadonlyMap<string, FitExample>;
  readonly encode: EncodeTexts;
}): Promise<ScoreColumn> {
  const artifact = await readFile(join(options.folder, 'model.onnx'));
  const examples = findSplit('later').ids.map((id) => options.mails.get(id)!.example);
  return (await scoreExamples(options.classifier, artifact, examples, options)).column;
}

/** The part of a manifest that all columns of a fit share. */
export function aboutColumn(plan: FitPlan): Pick<ColumnToStore, 'artifact' | 'dataset' | 'datasetHash' | 'fit'> {
  return {
    artifact: null,
    dataset: evaluation.dataset,
    datasetHash: evaluation.datasetHash ?? null,
    fit: fitIds(plan),
  };
}
