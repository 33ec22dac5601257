import { LEAF, readChoices, readPolicy } from '@clamor/training';
import { join } from 'node:path';

import type { MethodPolicy } from './method.ts';

/** The policy of the spam suite with the share that a member may spend, as it was chosen by rule. */
export async function readStudyPolicy(): Promise<MethodPolicy> {
  const [policy, { chosen }] = await Promise.all([readPolicy(), readChoices(join(LEAF, 'data'))]);
  return { ...policy, spendShare: chosen.spendShare };
}
