// Fits one member of the spam suite with all others frozen: npm run join -w @clamor/training -- MEMBER
// It joins last and takes its threshold beside the stored out-of-fold columns of the others, which are not fitted again.
import { join, relative } from 'node:path';

import type { ScoreColumn } from '@clamor/contract';
import { evaluation } from '@clamor/spam-evaluation';
import { type ColumnToStore, readColumns, writeColumns } from '@clamor/store';

import { applyChoices, readChoices } from './choices.ts';
import { changedFiles, hashFiles } from './changed-files.ts';
import { openEncodings } from './encodings.ts';
import { fitAll } from './fit.ts';
import { FIT_SPLITS, type FitPlan, LATER, RELEASE, thresholdIds } from './fit-plan.ts';
import { frozenSuite, joiningPlace } from './frozen-suite.ts';
import { type GrowthFile, withSteps } from './growth-file.ts';
import { countTaken, type GrowthStep, inShadow, joinSuite, suiteBudget } from './grow-suite.ts';
import { readJson, writeJson } from './json-file.ts';
import { aboutColumn, outOfFoldColumn, scoreLater } from './member-column.ts';
import { ENCODINGS, findSplit, LEAF, PYTHON, ROOT, readExamples, readMembers, readPolicy, WORK } from './workspace.ts';
import { writeMember } from './write-member.ts';

const MODELS = join(ROOT, 'models/spam');
const DATA = join(LEAF, 'data');

const { chosen } = await readChoices(DATA);
const growth = await readJson<GrowthFile>(join(DATA, 'growth.json'));
const wanted = process.argv[2] ?? '';
// One that is installed and has not joined yet stands after this one.
const joined = (await readMembers()).filter(({ name }) => name === wanted || growth.order.includes(name));
const { member, before } = joiningPlace(applyChoices(joined, chosen), wanted);
const policy = await readPolicy();
const files = await hashFiles(MODELS);
const all = await readExamples(FIT_SPLITS);
const { encode, close } = openEncodings(ENCODINGS, evaluation);
console.log(`${member.name} joins ${before.map(({ name }) => name).join(', ')}`);

const release = await fit(RELEASE);
const later = await fit(LATER);
console.table([release.step, later.step]);
await writeMember({ ...release, member, threshold: release.step.threshold, encode }, { out: ROOT, keepTiming: false });
for (const { plan, stored } of [release, later]) await writeColumns(join(DATA, 'columns', plan.columns), [stored]);
await writeColumns(join(DATA, 'columns/later'), [await laterColumn()]);
await writeJson(join(DATA, 'growth.json'), withSteps(growth, { release: release.step, later: later.step }));
await close();

const others = changedFiles(files, await hashFiles(MODELS)).filter((file) => !isOwn(file));
if (others.length > 0) {
  console.error(`Files of others have changed; they must not:\n${others.join('\n')}`);
  process.exitCode = 1;
}

interface Joined {
  readonly plan: FitPlan;
  readonly folder: string;
  readonly mails: Parameters<typeof writeMember>[0]['mails'];
  readonly column: ScoreColumn;
  readonly step: GrowthStep;
  readonly stored: ColumnToStore;
}

async function fit(plan: FitPlan): Promise<Joined> {
  const ids = thresholdIds(plan);
  const mails = ids.map((id) => all.get(id)!);
  const columns = await fitAll({
    folder: join(WORK, 'join', plan.name),
    python: PYTHON,
    examples: mails,
    fitted: new Set(plan.weights.flatMap((split) => findSplit(split).ids)),
    members: [member],
    encode,
    joint: null,
    stack: null,
  });
  const own = columns.get(member.name)!;
  const frozen = {
    columns: await readColumns(join(DATA, 'columns', plan.columns)),
    members: before.map(({ name }) => name),
    ids,
  };
  const labels = mails.map(({ label }) => label);
  const taken = frozenSuite({ ...frozen, ...(plan === RELEASE && { thresholds: await installedThresholds() }) });
  const { falsePositives } = countTaken(labels, taken);
  const left = suiteBudget(labels, policy) - falsePositives;
  const { name, isShadow } = member;
  const joining = joinSuite({ labels, taken, name, column: own, policy, spendShare: chosen.spendShare, left });
  const step = isShadow ? inShadow(joining) : joining;
  const stored = outOfFoldColumn(plan, member, { column: own, threshold: step.threshold });
  return { plan, folder: join(WORK, 'join', plan.name, member.name), mails, column: own, step, stored };
}

async function installedThresholds(): Promise<Map<string, number>> {
  const thresholds = new Map<string, number>();
  for (const { name, found } of before) {
    thresholds.set(name, (await readJson<{ threshold: number }>(join(found.dir, 'assets/record.json'))).threshold);
  }
  return thresholds;
}

async function laterColumn(): Promise<ColumnToStore> {
  const { classifier, name, found } = member;
  return {
    ...aboutColumn(LATER),
    ids: findSplit('later').ids,
    outOfFold: false,
    kind: 'member',
    name,
    version: found.version,
    threshold: later.step.threshold,
    column: await scoreLater({ folder: later.folder, classifier, mails: all, encode }),
  };
}

/** The member's own folder, its columns, and the record of who joined. */
function isOwn(file: string): boolean {
  if (file.startsWith(`${relative(MODELS, member.found.dir)}/`) || file === 'evaluation/data/growth.json') return true;
  return /^evaluation\/data\/columns\/[^/]+\/([^/]+)\.(?:json|parquet)$/.exec(file)?.[1] === member.name;
}
