import type { EvaluationSource } from '@clamor/store';

/**
 * An evaluation without its stored columns: its examples are scored by what is installed.
 *
 * Stored columns are of the fit that they were made with, so two versions of a member would look the same on them.
 */
export function installedSource(source: EvaluationSource): EvaluationSource {
  return {
    suite: source.suite,
    dataset: source.dataset,
    splits: source.splits,
    examples: (split) => source.examples(split),
    ...(source.describe === undefined ? {} : { describe: (example) => source.describe!(example) }),
    ...(source.datasetHash === undefined ? {} : { datasetHash: source.datasetHash }),
  };
}
