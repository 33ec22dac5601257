import { fileURLToPath } from 'node:url';

import type { MailInput } from '@clamor/spam';
import type { EvaluationSource } from '@clamor/store';

import { DATA } from './artifacts.ts';
import { spamBaselines } from './baselines.ts';
import { SPAM_DATASET, describeSpamExample, spamExamples } from './dataset.ts';
import { spamDatasetHash, spamSplits } from './splits.ts';
import { readStoredColumns } from './stored-columns.ts';

/** Everything that measuring the spam suite needs: mails, splits, stored columns and baselines. */
export const evaluation: EvaluationSource<MailInput> = {
  suite: 'spam',
  dataset: SPAM_DATASET,
  datasetHash: spamDatasetHash,
  splits: spamSplits,
  // One level up from src/ and from dist/.
  evidenceLog: fileURLToPath(new URL('../evidence', import.meta.url)),
  cachedColumns: fileURLToPath(new URL('columns/installed', DATA)),
  examples: (split) => spamExamples(split),
  async columns(split) {
    const stored = await readStoredColumns(split);
    if (stored === undefined) return undefined;
    const ids = new Set(spamSplits.find(({ name }) => name === split)?.ids);
    return {
      columns: stored.filter(({ manifest, ids: own }) => manifest.kind === 'member' && own.some((id) => ids.has(id))),
    };
  },
  baselines: spamBaselines,
  describe: describeSpamExample,
};
