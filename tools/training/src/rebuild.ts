// Rebuilds every artifact, threshold, record, card and stored column of the spam suite: npm run rebuild -w @clamor/training
// With --check it does so in a work folder and compares. Mails of `test` are not read, except those that are `later`, too:
// these are scored by the fit on earlier mail, and decide nothing.
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { ABSTAINED, type MemberRecord, type OnnxClassifier, type Sample, type ScoreColumn } from '@clamor/contract';
import { type BaselineFit, evaluation, jointClassifier, type Stack, stackColumn } from '@clamor/spam-evaluation';
import { suite, type Mail } from '@clamor/spam';
import { parseExample } from '@clamor/runtime';
import { type ColumnToStore, idSetRecord, writeColumns } from '@clamor/store';

import { renderCard, replaceCard, type Timing } from './card.ts';
import { applyChoices, chosenRecipe, readChoices } from './choices.ts';
import { compareOutputs } from './compare-outputs.ts';
import { type FitExample, fitAll } from './fit.ts';
import { chooseAlone, type Growth, growSuite } from './grow-suite.ts';
import { memberRecord, standAloneFigures } from './record.ts';
import type { Recipe } from './recipe.ts';
import { scoreExamples } from './score-examples.ts';
import {
  findSplit,
  LEAF,
  PYTHON,
  ROOT,
  readExamples,
  readJoint,
  readMembers,
  readPolicy,
  WORK,
  type WorkspaceMember,
} from './workspace.ts';

/** A fit: which splits give weights and thresholds, and which one is measured with its columns. */
interface FitPlan {
  readonly name: 'release' | 'later';
  readonly weights: readonly string[];
  readonly thresholds: readonly string[];
}

const RELEASE: FitPlan = { name: 'release', weights: ['train'], thresholds: ['train', 'valid'] };
const LATER: FitPlan = { name: 'later', weights: ['later-train'], thresholds: ['later-train', 'later-valid'] };

interface Fitted {
  readonly plan: FitPlan;
  readonly folder: string;
  readonly examples: readonly FitExample[];
  readonly labels: readonly (0 | 1)[];
  readonly columns: ReadonlyMap<string, ScoreColumn>;
  readonly growth: Growth;
  readonly baselines: BaselineFit;
  readonly baselineCounts: Record<string, { truePositives: number; falsePositives: number }>;
}

const BASELINES = [
  ['joint model', 'joint'],
  ['stack of the scores', 'stack'],
] as const;

const isCheck = process.argv.includes('--check');
const outRoot = isCheck ? join(WORK, 'check') : ROOT;
const leafOut = join(outRoot, relative(ROOT, LEAF), 'data');

const { chosen } = await readChoices(join(LEAF, 'data'));
const members = applyChoices(await readMembers(), chosen);
const policy = await readPolicy();
if (isCheck) await rm(outRoot, { recursive: true, force: true });
await mkdir(leafOut, { recursive: true });
const all = await readExamples(['train', 'valid', 'later-train', 'later-valid', 'later']);
console.log(`${all.size} mails read, ${members.length} members: ${members.map(({ name }) => name).join(', ')}`);
const release = await fit(RELEASE);
const later = await fit(LATER);
for (const member of members) await writeMember(member, release);
await cp(join(release.folder, 'joint/model.onnx'), join(leafOut, 'joint.onnx'));
await writeOutOfFold(release);
await writeLater(later);
await writeJson(join(leafOut, 'baselines.json'), { release: release.baselines, later: later.baselines });
await writeJson(join(leafOut, 'growth.json'), growthRecord());
if (isCheck) {
  const differences = await compareOutputs({
    committed: ROOT,
    rebuilt: outRoot,
    members,
    examples: release.examples.map(({ example }) => example),
  });
  console.log(
    differences.length === 0 ? 'The rebuilt figures and judgements are those committed.' : differences.join('\n'),
  );
  if (differences.length > 0) process.exitCode = 1;
}

async function fit(plan: FitPlan): Promise<Fitted> {
  const folder = join(WORK, plan.name);
  const examples = plan.thresholds.flatMap((split) => findSplit(split).ids.map((id) => all.get(id)!));
  const labels = examples.map(({ label }) => label);
  const fitted = new Set(plan.weights.flatMap((split) => findSplit(split).ids));
  const joint = chosenRecipe(await readJoint(), chosen.without['joint']);
  const stack = await readJson<Recipe>(join(LEAF, 'training/stack.json'));
  const columns = await fitAll({ folder, python: PYTHON, examples, fitted, members, joint, stack });
  const grown = members.map(({ name }) => ({ name, column: columns.get(name)! }));
  const growth = growSuite({ labels, members: grown, policy, spendShare: chosen.spendShare });
  console.log(`\n${plan.name} fit, out of fold: budget of ${growth.budget} false positives`);
  console.table(growth.steps);
  const alone = new Map([...columns].map(([name, column]) => [name, chooseAlone(labels, column, policy)]));
  const single = grown
    .map(({ name }) => ({ name, ...alone.get(name)! }))
    .toSorted((a, b) => b.truePositives - a.truePositives)[0]!;
  const counts = { [`best single (${single.name})`]: single, joint: alone.get('joint')!, stack: alone.get('stack')! };
  console.table(counts, ['threshold', 'truePositives', 'falsePositives']);
  const baselines: BaselineFit = {
    bestSingle: { name: single.name, threshold: single.threshold },
    joint: { threshold: alone.get('joint')!.threshold, members: members.map(({ name }) => name) },
    stack: { threshold: alone.get('stack')!.threshold, ...(await readJson<Stack>(join(folder, 'stack/stack.json'))) },
  };
  const baselineCounts = Object.fromEntries(
    Object.entries(counts).map(([name, c]) => [
      name,
      { truePositives: c.truePositives, falsePositives: c.falsePositives },
    ]),
  );
  return { plan, folder, examples, labels, columns, growth, baselines, baselineCounts };
}

async function writeMember(member: WorkspaceMember, fitted: Fitted): Promise<void> {
  const { classifier, found, name, recipe } = member;
  const out = join(outRoot, relative(ROOT, found.dir));
  await mkdir(join(out, 'assets'), { recursive: true });
  await mkdir(join(out, 'training'), { recursive: true });
  const artifact = await readFile(join(fitted.folder, name, 'model.onnx'));
  const column = fitted.columns.get(name)!;
  const threshold = thresholdOf(fitted, name);
  const previous = await readJson<MemberRecord>(join(found.dir, 'assets/record.json')).catch(() => null);
  const record = memberRecord({
    classifier,
    artifact,
    threshold,
    abstains: recipe.abstains === true || column.status.includes(ABSTAINED),
    data: evaluation.dataset,
    seed: recipe.seed,
    weights: idSets(fitted.plan.weights),
    thresholdIds: idSets(fitted.plan.thresholds),
    figures: [standAloneFigures('out-of-fold', fitted.labels, { name, column, threshold })],
  });
  const isSame = previous?.artifact?.sha256 === record.artifact?.sha256;
  await writeFile(join(out, 'assets/model.onnx'), artifact);
  await writeJson(join(out, 'assets/record.json'), record);
  await writeSamples(member, artifact, join(out, 'assets/samples.jsonl'));
  const timing = await readTiming(member, artifact, isSame);
  await writeJson(join(out, 'training/timing.json'), timing);
  const readme = await readFile(join(found.dir, 'README.md'), 'utf8');
  await writeFile(join(out, 'README.md'), replaceCard(readme, renderCard(record, timing)));
}

/** A check and an artifact that stays keep the committed time: it differs from run to run and says nothing of them. */
async function readTiming(
  { classifier, found }: WorkspaceMember,
  artifact: Uint8Array,
  isSame: boolean,
): Promise<Timing> {
  if (isCheck || isSame) return readJson<Timing>(join(found.dir, 'training/timing.json'));
  const examples = release.examples.map(({ example }) => example);
  const { microsPerExample } = await scoreExamples(classifier, artifact, examples);
  return { microsPerExample: Math.round(microsPerExample), examples: examples.length };
}

async function writeSamples({ classifier, found }: WorkspaceMember, artifact: Uint8Array, file: string): Promise<void> {
  const text = await readFile(join(found.dir, 'assets/samples.jsonl'), 'utf8');
  const samples = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Sample);
  const examples: unknown[] = [];
  for (const { key, input } of samples) {
    const parsed = await parseExample(suite, input);
    if ('error' in parsed) throw new Error(`Sample ${key} of ${found.package}: ${parsed.error.message}`);
    examples.push(parsed.example);
  }
  const { column } = await scoreExamples(classifier, artifact, examples);
  const lines = samples.map(({ key, input }, i) =>
    JSON.stringify({ key, input, score: column.status[i] === ABSTAINED ? null : column.scores[i] }),
  );
  await writeFile(file, `${lines.join('\n')}\n`);
}

async function writeOutOfFold(fitted: Fitted): Promise<void> {
  const rows: ColumnToStore[] = [];
  for (const { name, found } of members) {
    rows.push({
      ...aboutColumn(fitted, fitted.columns.get(name)!),
      kind: 'member',
      name,
      version: found.version,
      threshold: thresholdOf(fitted, name),
    });
  }
  for (const [name, key] of BASELINES) {
    const { threshold } = fitted.baselines[key];
    rows.push({
      ...aboutColumn(fitted, fitted.columns.get(key)!),
      kind: 'baseline',
      name,
      version: '0.0.0',
      threshold,
    });
  }
  await writeColumns(join(leafOut, 'columns/out-of-fold'), rows);
}

/** Scores of the fit on earlier mail on later mail. */
async function writeLater(fitted: Fitted): Promise<void> {
  const { ids } = findSplit('later');
  const examples = ids.map((id) => all.get(id)!.example);
  const score = async (name: string, classifier: OnnxClassifier<unknown>) =>
    (await scoreExamples(classifier, await readFile(join(fitted.folder, name, 'model.onnx')), examples)).column;
  const columns = new Map<string, ScoreColumn>();
  const rows: ColumnToStore[] = [];
  const about = { ...aboutColumn(fitted, fitted.columns.get('joint')!), ids, outOfFold: false };
  for (const { name, classifier, found } of members) {
    const column = await score(name, classifier);
    columns.set(name, column);
    rows.push({ ...about, column, kind: 'member', name, version: found.version, threshold: thresholdOf(fitted, name) });
  }
  const joint = jointClassifier(
    new URL('file:///joint.onnx'),
    members.map(({ name, classifier }) => ({ name, classifier: classifier as OnnxClassifier<Mail> })),
  );
  const jointColumn = await score('joint', joint as OnnxClassifier<unknown>);
  const stack = stackColumn(
    fitted.baselines.stack,
    members.map(({ name }) => columns.get(name)!),
  );
  for (const [name, key] of BASELINES) {
    const { threshold } = fitted.baselines[key];
    rows.push({
      ...about,
      column: key === 'joint' ? jointColumn : stack,
      kind: 'baseline',
      name,
      version: '0.0.0',
      threshold,
    });
  }
  await writeColumns(join(leafOut, 'columns/later'), rows);
}

function growthRecord() {
  return { order: members.map(({ name }) => name), release: growthOf(release), later: growthOf(later) };
}

function growthOf({ growth, plan, baselineCounts, labels }: Fitted) {
  return {
    thresholdsChosenOn: plan.thresholds,
    examples: labels.length,
    positiveLabels: labels.filter((label) => label === 1).length,
    ...growth,
    baselines: baselineCounts,
  };
}

function aboutColumn(fitted: Fitted, column: ScoreColumn) {
  return {
    artifact: null,
    dataset: evaluation.dataset,
    datasetHash: evaluation.datasetHash ?? null,
    ids: fitted.examples.map(({ id }) => id),
    fit: { weights: idSets(fitted.plan.weights), threshold: idSets(fitted.plan.thresholds) },
    outOfFold: true,
    column,
  };
}

function thresholdOf({ growth }: Fitted, member: string): number {
  return growth.steps.find(({ name }) => name === member)!.threshold;
}

function idSets(splits: readonly string[]) {
  return idSetRecord(splits.map(findSplit));
}

async function readJson<Value>(file: string): Promise<Value> {
  return JSON.parse(await readFile(file, 'utf8')) as Value;
}

async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
}
