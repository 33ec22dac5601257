// Reads the shipped columns and computes everything that the page tells; writes nothing.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { evaluation } from '@clamor/spam-evaluation';
import { hashIds } from '@clamor/store';

import { bootstrapFigures, type CellFigures } from './bootstrap.ts';
import { type ColumnSet, type ColumnsManifest, readSet } from './columns.ts';
import { type Experiment, runExperiment } from './experiment.ts';
import { type Frame, type KindIds, readMails, type StudyMail } from './mails.ts';
import type { Repeats } from './plan.ts';
import { readStudyPolicy } from './policy.ts';
import { simulateTeam } from './simulate-team.ts';
import type { TeamRun } from './team.ts';

/** Draws of the bootstrap. */
export const DRAWS = 1000;

/** Orders that the team is simulated with. */
export const ORDERS = 30;

const SEED = 20_261_129;

/** What the page is written from. */
export interface Results {
  readonly mails: readonly StudyMail[];
  readonly experiment: Experiment;
  readonly figures: readonly CellFigures[];
  readonly team: readonly TeamRun[];
  /** SHA-256 of each file of columns, in order. */
  readonly columns: readonly string[];
}

/** What {@link analyse} takes. */
export interface AnalyseOptions {
  readonly frame: Frame;
  readonly repeats: Repeats;
  /** Folder with `manifest.json`, `kinds.json` and the columns. */
  readonly data: string;
  readonly draws?: number;
  readonly orders?: number;
  readonly onProgress?: (done: string) => void;
}

/**
 * The whole analysis.
 *
 * @throws {Error} when columns are missing, changed, or of other mails than those installed.
 */
export async function analyse({ frame, repeats, data, onProgress, ...options }: AnalyseOptions): Promise<Results> {
  const { draws = DRAWS, orders = ORDERS } = options;
  const manifest = await readJson<ColumnsManifest>(join(data, 'manifest.json'));
  const mails = await readMails(frame, await readJson<KindIds>(join(data, 'kinds.json')));
  checkMails(manifest, mails, data);
  const sets = new Map<string, ColumnSet>();
  for (const set of manifest.sets) sets.set(set.name, await readSet(data, set, manifest.rows));
  const policy = await readStudyPolicy(data);
  const shared = {
    mails,
    repeats,
    columns: (name: string): ColumnSet => {
      const set = sets.get(name);
      if (set === undefined) throw new Error(`${data} has no set "${name}". Run npm run case-study -- --refit.`);
      return set;
    },
    rules: { policy, spendShare: policy.spendShare },
    ...(onProgress === undefined ? {} : { onProgress }),
  };
  const experiment = runExperiment(shared);
  onProgress?.('intervals');
  const figures = bootstrapFigures(experiment, { draws, seed: SEED });
  const gateRules = {
    lossBudget: policy.lossBudget,
    meritFloor: policy.uniquePrecisionFloor,
    harmConfidence: policy.harmConfidence,
    meritConfidence: policy.meritConfidence,
  };
  const team = simulateTeam({ ...shared, gateRules, orders });
  return { mails, experiment, figures, team, columns: manifest.sets.map(({ sha256 }) => sha256) };
}

function checkMails({ datasetHash, ids, rows }: ColumnsManifest, mails: readonly StudyMail[], data: string): void {
  if (datasetHash === evaluation.datasetHash && rows === mails.length && ids === hashIds(mails.map(({ id }) => id)))
    return;
  throw new Error(
    `The columns in ${data} are of ${rows} mails that are not the ${mails.length} of this dataset. Run npm run case-study -- --refit.`,
  );
}

async function readJson<Value>(file: string): Promise<Value> {
  return JSON.parse(await readFile(file, 'utf8')) as Value;
}
