import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { LEAF, readChoices, readPolicy } from '@clamor/training';

import type { MethodPolicy } from './method.ts';

const FILE = 'policy.json';

/** The policy of the spam suite as it was when the columns were fitted: a study does not change when the suite does. */
export async function readStudyPolicy(data: string): Promise<MethodPolicy> {
  return JSON.parse(await readFile(join(data, FILE), 'utf8')) as MethodPolicy;
}

/** The policy of today, with the share that a member may spend as it was chosen by rule; written beside the columns. */
export async function currentPolicy(): Promise<{ readonly file: string; readonly policy: MethodPolicy }> {
  const [policy, { chosen }] = await Promise.all([readPolicy(), readChoices(join(LEAF, 'data'))]);
  const { precisionFloor, uniquePrecisionFloor, lossBudget, harmConfidence, meritConfidence } = policy;
  return {
    file: FILE,
    policy: {
      precisionFloor,
      uniquePrecisionFloor,
      lossBudget,
      harmConfidence,
      meritConfidence,
      spendShare: chosen.spendShare,
    },
  };
}
