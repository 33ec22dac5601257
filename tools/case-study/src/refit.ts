// Fits every system of the study and writes its columns: npm run case-study -- --refit [--rehearse] [--processes N]
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Mail } from '@clamor/spam';
import { evaluation } from '@clamor/spam-evaluation';
import { hashIds, writeNpy } from '@clamor/store';
import {
  applyChoices,
  chosenRecipe,
  type FitExample,
  foldOf,
  LEAF,
  PYTHON,
  readChoices,
  readExamples,
  readFloat32Npy,
  readJoint,
  readMembers,
  type WorkspaceMember,
  writeMatrix,
} from '@clamor/training';

import { type ColumnsManifest, keepTop, type SetManifest, writeSet } from './columns.ts';
import { type FitSet, planSets } from './fit-sets.ts';
import { KINDS, kindOf, OTHER } from './kinds.ts';
import { type Frame, readMails, type StudyMail } from './mails.ts';
import { FOLDS, JOINED, knownWithout, type Repeats } from './plan.ts';
import { currentPolicy } from './policy.ts';

/** What {@link refit} takes. */
export interface RefitOptions {
  readonly frame: Frame;
  readonly repeats: Repeats;
  /** Where matrices and whole columns are written. */
  readonly work: string;
  /** Where the columns go that are kept. */
  readonly data: string;
  readonly processes: number;
}

const FIT = fileURLToPath(new URL('../python/fit_columns.py', import.meta.url));

/** Finds the kinds, writes matrices, fits in Python and packs what comes back. What a work folder has already is kept. */
export async function refit({ frame, repeats, work, data, processes }: RefitOptions): Promise<void> {
  await mkdir(work, { recursive: true });
  await mkdir(data, { recursive: true });
  const all = await readExamples(frame.map(({ split }) => split));
  const kinds = findKinds([...all.values()]);
  const mails = await readMails(frame, kinds);
  const examples = mails.map(({ id }) => all.get(id)!);
  console.log(`${mails.length} mails read`);
  const sets = planSets(mails, repeats);
  await writeJob(work, { mails, examples, sets, assignments: repeats.assignments });
  await run(PYTHON, [FIT, work, String(processes)]);
  const isHam = Uint8Array.from(mails, ({ label, role }) => Number(label === 0 && role !== 'measured'));
  const manifests: SetManifest[] = [];
  for (const { name, columns } of sets) {
    const flat = await readFloat32Npy(join(work, `${name}.npy`));
    const rows = mails.length;
    const kept = columns.map(
      (column, i) => [column.name, keepTop(flat.subarray(i * rows, (i + 1) * rows), isHam)] as const,
    );
    manifests.push(await writeSet(data, name, new Map(kept)));
  }
  const manifest: ColumnsManifest = {
    generatedBy: 'npm run case-study -- --refit; do not edit',
    datasetHash: evaluation.datasetHash ?? '',
    ids: hashIds(mails.map(({ id }) => id)),
    rows: mails.length,
    sets: manifests,
  };
  const { file, policy } = await currentPolicy();
  await writeFile(join(data, file), `${JSON.stringify(policy, null, 1)}\n`);
  await writeFile(join(data, 'kinds.json'), `${JSON.stringify(kinds, null, 1)}\n`);
  await writeFile(join(data, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
}

/** Kind → ids of its spam, in the order of the mails. */
export function findKinds(examples: readonly FitExample[]): Record<string, string[]> {
  const found: Record<string, string[]> = Object.fromEntries(KINDS.map(({ name }) => [name, []]));
  for (const { id, label, example } of examples) {
    const kind = label === 1 ? kindOf(example as Mail) : OTHER;
    if (kind !== OTHER) found[kind]!.push(id);
  }
  return found;
}

interface Job {
  readonly mails: readonly StudyMail[];
  readonly examples: readonly FitExample[];
  readonly sets: readonly FitSet[];
  readonly assignments: number;
}

async function writeJob(work: string, { mails, examples, sets, assignments }: Job): Promise<void> {
  const { chosen } = await readChoices(join(LEAF, 'data'));
  const members = applyChoices(await readMembers(), chosen).filter(({ name }) => JOINED.includes(name));
  const joint = chosenRecipe(await readJoint(), chosen.without['joint']);
  const save = (name: string, values: Parameters<typeof writeNpy>[1]) => writeNpy(join(work, `${name}.npy`), values);
  await save(
    'labels',
    Int8Array.from(mails, ({ label }) => label),
  );
  await save(
    'roles',
    Int8Array.from(mails, ({ role }) => ['train', 'valid', 'measured'].indexOf(role)),
  );
  for (let i = 0; i < assignments; i++)
    await save(
      `folds-${i}`,
      Int8Array.from(mails, ({ cluster }) => foldOf(cluster, i, FOLDS)),
    );
  const without = [...KINDS.map(({ name }) => name), 'all'];
  for (const name of without) {
    await save(`without-${name}`, knownWithout(mails, name === 'all' ? KINDS.map((kind) => kind.name) : [name]));
  }
  await save('joint-weights', weightsOf(examples, joint));
  const described = [];
  for (const member of members) described.push(await writeMember(work, examples, member));
  const job = { assignments, without, joined: JOINED, members: described, joint, sets };
  // Whatever the fits depend on; the features stand for themselves in the versions of the members.
  const key = createHash('sha256')
    .update(JSON.stringify([described, joint, mails, FOLDS, members.map(({ found }) => [found.name, found.version])]))
    .digest('hex');
  await writeFile(join(work, 'job.json'), JSON.stringify({ ...job, key }));
}

async function writeMember(
  work: string,
  examples: readonly FitExample[],
  { name, classifier, recipe }: WorkspaceMember,
) {
  const folder = join(work, name);
  const input = await writeMatrix(
    folder,
    classifier,
    examples.map(({ example }) => example),
  );
  await writeNpy(join(folder, 'weights.npy'), weightsOf(examples, recipe));
  return { name, input, recipe };
}

function weightsOf(examples: readonly FitExample[], { emphasis = {} }: WorkspaceMember['recipe']): Float32Array {
  return Float32Array.from(examples, ({ source }) => emphasis[source] ?? 1);
}

async function run(command: string, args: readonly string[]): Promise<void> {
  // One thread each, so that sums are made in one order.
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', PYTHONHASHSEED: '0' };
  const child = spawn(command, args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) {
    throw new Error(
      `${command} ended with ${code}. tools/training/README.md says how the environment is made; CLAMOR_PYTHON names another.`,
    );
  }
}
