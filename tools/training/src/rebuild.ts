// Rebuilds every artifact, threshold, record, card and stored column of the spam suite: npm run rebuild -w @clamor/training
// With --check it does so in a work folder and compares. With --baselines it fits the same and writes what stands beside
// the members, and no member: for when one has gone. Mails of `test` are not read, except those that are `later`, too:
// these are scored by the fit on earlier mail, and decide nothing.
import { cp, mkdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';

import type { OnnxClassifier, ScoreColumn } from '@clamor/contract';
import { type BaselineFit, evaluation, jointClassifier, type Stack, stackColumn } from '@clamor/spam-evaluation';
import type { Mail } from '@clamor/spam';
import { type ColumnToStore, writeColumns } from '@clamor/store';

import { applyChoices, chosenRecipe, readChoices } from './choices.ts';
import { compareOutputs } from './compare-outputs.ts';
import { openEncodings } from './encodings.ts';
import { type FitExample, fitAll } from './fit.ts';
import { FIT_SPLITS, type FitPlan, LATER, RELEASE, thresholdIds } from './fit-plan.ts';
import { type GrowthFile, type GrowthOfFit, withoutLeavers } from './growth-file.ts';
import { chooseAlone, type Growth, growSuite } from './grow-suite.ts';
import { readJson, writeJson } from './json-file.ts';
import { aboutColumn, outOfFoldColumn, scoreLater } from './member-column.ts';
import type { Recipe } from './recipe.ts';
import {
  ENCODINGS,
  findSplit,
  LEAF,
  PYTHON,
  ROOT,
  readExamples,
  readJoint,
  readMembers,
  readPolicy,
  WORK,
} from './workspace.ts';
import { writeMember } from './write-member.ts';

interface Fitted {
  readonly plan: FitPlan;
  readonly folder: string;
  readonly mails: readonly FitExample[];
  readonly labels: readonly (0 | 1)[];
  readonly columns: ReadonlyMap<string, ScoreColumn>;
  readonly growth: Growth;
  readonly baselines: BaselineFit;
  readonly baselineCounts: GrowthOfFit['baselines'];
}

const BASELINES = [
  ['joint model', 'joint'],
  ['stack of the scores', 'stack'],
] as const;

const isCheck = process.argv.includes('--check');
const onlyBaselines = process.argv.includes('--baselines');
const outRoot = isCheck ? join(WORK, 'check') : ROOT;
const leafOut = join(outRoot, relative(ROOT, LEAF), 'data');

const { chosen } = await readChoices(join(LEAF, 'data'));
const members = applyChoices(await readMembers(), chosen);
const policy = await readPolicy();
if (isCheck) await rm(outRoot, { recursive: true, force: true });
await mkdir(leafOut, { recursive: true });
const all = await readExamples(FIT_SPLITS);
const { encode, close } = openEncodings(ENCODINGS, evaluation);
// Those in shadow count for nobody, so what stands beside the suite does without them, too.
const counting = members.filter(({ isShadow }) => !isShadow);
console.log(`${all.size} mails read, ${members.length} members: ${members.map(({ name }) => name).join(', ')}`);
const release = await fit(RELEASE);
const later = await fit(LATER);
for (const member of onlyBaselines ? [] : members) {
  const { name } = member;
  const fitted = { member, folder: join(release.folder, name), column: release.columns.get(name)!, encode };
  const threshold = thresholdOf(release, name);
  await writeMember({ ...fitted, threshold, mails: release.mails }, { out: outRoot, keepTiming: isCheck });
}
await cp(join(release.folder, 'joint/model.onnx'), join(leafOut, 'joint.onnx'));
await writeColumns(join(leafOut, 'columns', RELEASE.columns), [
  ...(onlyBaselines ? [] : memberColumns(release)),
  ...baselineColumns(release),
]);
await writeColumns(join(leafOut, 'columns', LATER.columns), memberColumns(later));
await writeColumns(
  join(leafOut, 'columns/later'),
  (await laterColumns()).filter(({ kind }) => !onlyBaselines || kind === 'baseline'),
);
await writeJson(join(leafOut, 'baselines.json'), { release: release.baselines, later: later.baselines });
const growthFile = join(leafOut, 'growth.json');
await writeJson(
  growthFile,
  onlyBaselines ? withoutLeavers(await readJson<GrowthFile>(growthFile), growthRecord()) : growthRecord(),
);
await close();
if (isCheck) {
  const differences = await compareOutputs({
    committed: ROOT,
    rebuilt: outRoot,
    members,
    examples: release.mails.map(({ example }) => example),
    encode,
  });
  console.log(
    differences.length === 0 ? 'The rebuilt figures and judgements are those committed.' : differences.join('\n'),
  );
  if (differences.length > 0) process.exitCode = 1;
}

async function fit(plan: FitPlan): Promise<Fitted> {
  const folder = join(WORK, plan.name);
  const mails = thresholdIds(plan).map((id) => all.get(id)!);
  const labels = mails.map(({ label }) => label);
  const fitted = new Set(plan.weights.flatMap((split) => findSplit(split).ids));
  const joint = chosenRecipe(await readJoint(), chosen.without['joint']);
  const stack = await readJson<Recipe>(join(LEAF, 'training/stack.json'));
  const apart = members.filter(({ isShadow }) => isShadow).map(({ name }) => name);
  const columns = await fitAll({
    folder,
    python: PYTHON,
    examples: mails,
    fitted,
    members,
    encode,
    joint,
    stack,
    apart,
  });
  const grown = members.map(({ name, isShadow }) => ({ name, isShadow, column: columns.get(name)! }));
  const growth = growSuite({ labels, members: grown, policy, spendShare: chosen.spendShare });
  console.log(`\n${plan.name} fit, out of fold: budget of ${growth.budget} false positives`);
  console.table(growth.steps);
  const alone = new Map([...columns].map(([name, column]) => [name, chooseAlone(labels, column, policy)]));
  const single = counting
    .map(({ name }) => ({ name, ...alone.get(name)! }))
    .toSorted((a, b) => b.truePositives - a.truePositives)[0]!;
  const counts = { [`best single (${single.name})`]: single, joint: alone.get('joint')!, stack: alone.get('stack')! };
  console.table(counts, ['threshold', 'truePositives', 'falsePositives']);
  const baselines: BaselineFit = {
    bestSingle: { name: single.name, threshold: single.threshold },
    joint: { threshold: alone.get('joint')!.threshold, members: counting.map(({ name }) => name) },
    stack: { threshold: alone.get('stack')!.threshold, ...(await readJson<Stack>(join(folder, 'stack/stack.json'))) },
  };
  const baselineCounts = Object.fromEntries(
    Object.entries(counts).map(([name, { truePositives, falsePositives }]) => [
      name,
      { truePositives, falsePositives },
    ]),
  );
  return { plan, folder, mails, labels, columns, growth, baselines, baselineCounts };
}

function memberColumns(fitted: Fitted): ColumnToStore[] {
  return members.map((member) =>
    outOfFoldColumn(fitted.plan, member, {
      column: fitted.columns.get(member.name)!,
      threshold: thresholdOf(fitted, member.name),
    }),
  );
}

function baselineColumns(fitted: Fitted): ColumnToStore[] {
  const about = { ...aboutColumn(fitted.plan), ids: thresholdIds(fitted.plan), outOfFold: true };
  return BASELINES.map(([name, key]) => ({
    ...about,
    kind: 'baseline',
    name,
    version: '0.0.0',
    threshold: fitted.baselines[key].threshold,
    column: fitted.columns.get(key)!,
  }));
}

/** Scores of the fit on earlier mail on later mail. */
async function laterColumns(): Promise<ColumnToStore[]> {
  const score = (name: string, classifier: OnnxClassifier<unknown>) =>
    scoreLater({ folder: join(later.folder, name), classifier, mails: all, encode });
  const about = { ...aboutColumn(LATER), ids: findSplit('later').ids, outOfFold: false };
  const rows: ColumnToStore[] = [];
  for (const { name, classifier, found } of members) {
    const column = await score(name, classifier);
    rows.push({ ...about, kind: 'member', name, version: found.version, threshold: thresholdOf(later, name), column });
  }
  const joint = jointClassifier(
    new URL('file:///joint.onnx'),
    counting.map(({ name, classifier }) => ({ name, classifier: classifier as OnnxClassifier<Mail> })),
  );
  const stacked = counting.map((member) => rows.find(({ name }) => name === member.name)!.column);
  const baselines = {
    joint: await score('joint', joint as OnnxClassifier<unknown>),
    stack: stackColumn(later.baselines.stack, stacked),
  };
  for (const [name, key] of BASELINES) {
    const { threshold } = later.baselines[key];
    rows.push({ ...about, kind: 'baseline', name, version: '0.0.0', threshold, column: baselines[key] });
  }
  return rows;
}

function growthRecord(): GrowthFile {
  return { order: members.map(({ name }) => name), release: growthOf(release), later: growthOf(later) };
}

function growthOf({ growth, plan, baselineCounts, labels }: Fitted): GrowthOfFit {
  return {
    thresholdsChosenOn: plan.thresholds,
    examples: labels.length,
    positiveLabels: labels.filter((label) => label === 1).length,
    ...growth,
    baselines: baselineCounts,
  };
}

function thresholdOf({ growth }: Fitted, member: string): number {
  return growth.steps.find(({ name }) => name === member)!.threshold;
}
