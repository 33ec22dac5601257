// Chooses how the spam suite is fitted and grown, by the rule of choose-growth.ts: npm run choose -w @clamor/training
// It chooses among the members of the choice before; those that joined alone since then stay as they are. With --all it
// chooses among every member that counts. Reads out-of-fold scores and labels of train and valid, and of no other split.
// With --check it compares and writes nothing.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { evaluation } from '@clamor/spam-evaluation';
import { idSetRecord } from '@clamor/store';

import { CHOICES_FILE, type Choices, chosenRecipe, type JointAlternative, readChoices } from './choices.ts';
import { pickAlternative, RULE, subsetsOf, tryAlternatives } from './choose-growth.ts';
import { openEncodings } from './encodings.ts';
import { fitAll } from './fit.ts';
import { chooseAlone } from './grow-suite.ts';
import { OPTIONAL_PARTS, type OptionalPart } from './recipe.ts';
import {
  ENCODINGS,
  findSplit,
  LEAF,
  PYTHON,
  readExamples,
  readJoint,
  readMembers,
  readPolicy,
  WORK,
} from './workspace.ts';

const SPLITS = ['train', 'valid'];
const SPEND_SHARES = [1 / 4, 1 / 3, 1 / 2, 2 / 3];

const file = join(LEAF, 'data', CHOICES_FILE);
const isAll = process.argv.includes('--all');
const known = isAll ? [] : (await readChoices(join(LEAF, 'data'))).chosen.order;
const members = (await readMembers())
  .filter(({ name, isShadow }) => (isAll ? !isShadow : known.includes(name)))
  .toSorted((a, b) => (a.name < b.name ? -1 : 1));
const { encode, close } = openEncodings(ENCODINGS, evaluation);
const policy = await readPolicy();
const examples = [...(await readExamples(SPLITS)).values()];
const labels = examples.map(({ label }) => label);
const fitted = new Set(findSplit('train').ids);
const joint = await readJoint();

const fits = new Map<string, Awaited<ReturnType<typeof fitAll>>>();
for (const uses of subsetsOf(OPTIONAL_PARTS)) fits.set(uses.join(), await fitWith(uses));
const whole = fits.get(OPTIONAL_PARTS.join())!;
const plain = fits.get('')!;

const alternatives = tryAlternatives({
  labels,
  policy,
  spendShares: SPEND_SHARES,
  members: members.map(({ name, recipe }) => ({
    name,
    plain: plain.get(name)!,
    emphasised: recipe.emphasis === undefined ? null : whole.get(name)!,
  })),
});
const jointAlternatives = subsetsOf(OPTIONAL_PARTS).map((uses): JointAlternative => {
  const { truePositives, falsePositives } = chooseAlone(labels, fits.get(uses.join())!.get('joint')!, policy);
  return { uses, truePositives, falsePositives };
});
const picked = pickAlternative(alternatives);
const bestJoint = jointAlternatives.toSorted(
  (a, b) => b.truePositives - a.truePositives || a.falsePositives - b.falsePositives || a.uses.length - b.uses.length,
)[0]!;

const choices: Choices = {
  generatedBy: 'npm run choose -w @clamor/training; do not edit',
  rule: RULE,
  readFrom: {
    ...idSetRecord(SPLITS.map(findSplit)),
    dataset: evaluation.dataset,
    datasetHash: evaluation.datasetHash ?? '',
  },
  chosen: {
    spendShare: picked.spendShare,
    order: picked.order,
    without: {
      ...Object.fromEntries(
        members
          .filter(({ name, recipe }) => recipe.emphasis !== undefined && !picked.emphasised.includes(name))
          .map(({ name }) => [name, ['emphasis' as const]]),
      ),
      joint: OPTIONAL_PARTS.filter((part) => part in joint && !bestJoint.uses.includes(part)),
    },
  },
  alternatives,
  joint: jointAlternatives,
};
await close();
print(choices);
const text = `${JSON.stringify(choices, null, 2)}\n`;
if (!process.argv.includes('--check')) await writeFile(file, text);
else if ((await readFile(file, 'utf8')) === text)
  console.log('The rule picks what is committed, from the same figures.');
else {
  console.log(`${file} is not what the rule gives.`);
  process.exitCode = 1;
}

/** Out-of-fold columns of all members and of the joint model, whose recipes use these optional parts only. */
async function fitWith(uses: readonly OptionalPart[]) {
  const without = OPTIONAL_PARTS.filter((part) => !uses.includes(part));
  return fitAll({
    folder: join(WORK, 'choose', uses.join('-') || 'plain'),
    python: PYTHON,
    examples,
    fitted,
    members: members.map((member) => ({ ...member, recipe: chosenRecipe(member.recipe, without) })),
    joint: chosenRecipe(joint, without),
    encode,
    stack: null,
  });
}

function print({ rule, chosen, ...tried }: Choices): void {
  console.log(`${rule}\n`);
  console.table(
    tried.alternatives.map(({ spendShare, emphasised, order, recall, precision, ...counts }) => ({
      share: spendShare.toFixed(3),
      emphasised: emphasised.join(' ') || '–',
      recall: recall?.toFixed(4),
      precision: precision?.toFixed(4),
      ...counts,
      order: order.join(' '),
    })),
  );
  console.table(tried.joint.map(({ uses, ...counts }) => ({ joint: uses.join(' ') || '–', ...counts })));
  console.log('chosen:', JSON.stringify(chosen));
}
