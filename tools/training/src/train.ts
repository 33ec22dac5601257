// Fits a member of the spam suite: npm run train -w @clamor/training -- MEMBER
// Alone, with all others frozen, unless members that count joined after it: their thresholds were chosen beside it, so that then all are
// fitted again.
import { join } from 'node:path';

import { applyChoices, readChoices } from './choices.ts';
import { joinedAfter } from './frozen-suite.ts';
import type { GrowthFile } from './growth-file.ts';
import { readJson } from './json-file.ts';
import { LEAF, missingPython, readMembers } from './workspace.ts';

const missing = missingPython();
if (missing !== null) {
  console.error(missing);
  process.exit(1);
}

const DATA = join(LEAF, 'data');
const wanted = process.argv[2] ?? '';
const { chosen } = await readChoices(DATA);
const { order } = await readJson<GrowthFile>(join(DATA, 'growth.json'));
// One that is installed and has not joined yet stands after this one.
const joined = (await readMembers()).filter(({ name }) => name === wanted || order.includes(name));
const after = joinedAfter(applyChoices(joined, chosen), wanted).map(({ name }) => name);
if (after.length === 0) {
  await import('./join.ts');
} else {
  console.log(
    `${wanted} joined before ${after.join(', ')}, whose thresholds were chosen beside it: all are fitted again.`,
  );
  await import('./rebuild.ts');
}
