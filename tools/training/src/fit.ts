import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { type OnnxClassifier, type ScoreColumn, scoreColumn } from '@clamor/contract';
import type { EncodeTexts } from '@clamor/onnx';
import { writeNpy } from '@clamor/store';

import { foldOf } from './folds.ts';
import { type MatrixInput, writeMatrix } from './matrix.ts';
import { readFloat32Npy } from './npy.ts';
import type { KindRule, Recipe } from './recipe.ts';

/** One parsed example of a fit. */
export interface FitExample {
  readonly id: string;
  readonly label: 0 | 1;
  readonly cluster: string;
  readonly source: string;
  readonly example: unknown;
}

/** One member of a fit. */
export interface FitMember {
  readonly name: string;
  readonly classifier: OnnxClassifier<unknown>;
  readonly recipe: Recipe;
  readonly isKind: KindRule | null;
}

/** What {@link fitAll} takes. */
export interface FitOptions {
  readonly folder: string;
  readonly python: string;
  /** All examples that get out-of-fold scores. */
  readonly examples: readonly FitExample[];
  /** Ids that the exported weights are fitted on. */
  readonly fitted: ReadonlySet<string>;
  readonly members: readonly FitMember[];
  /** Rows for the texts of members on encoders. */
  readonly encode: EncodeTexts;
  /** Recipe of the joint model over all members that are not left out; `null` for none. */
  readonly joint: Recipe | null;
  /** Recipe of the stack of the same members; `null` for none. */
  readonly stack: Recipe | null;
  /** Names of members that joint model and stack do without; default none. */
  readonly apart?: readonly string[];
}

const FIT = new URL('../python/fit.py', import.meta.url).pathname;

/**
 * Writes the matrices of all members, fits and exports them.
 *
 * @returns Out-of-fold columns by name, in the order of the examples; `joint` and `stack` among them when they were asked
 * for. The artifacts are in `<folder>/<name>/model.onnx`.
 */
export async function fitAll(options: FitOptions): Promise<Map<string, ScoreColumn>> {
  const { folder, examples, members } = options;
  await mkdir(folder, { recursive: true });
  await writeNpy(
    join(folder, 'labels.npy'),
    Int8Array.from(examples, ({ label }) => label),
  );
  await writeNpy(
    join(folder, 'folds.npy'),
    Int8Array.from(examples, ({ cluster }) => foldOf(cluster)),
  );
  await writeNpy(
    join(folder, 'fitted.npy'),
    Uint8Array.from(examples, ({ id }) => Number(options.fitted.has(id))),
  );
  const described: { name: string; input: MatrixInput; recipe: Recipe }[] = [];
  for (const member of members) described.push(await writeMember(options, member));
  if (options.joint !== null) {
    await mkdir(join(folder, 'joint'), { recursive: true });
    await writeNpy(join(folder, 'joint/weights.npy'), exampleWeights(examples, options.joint));
  }
  await writeFile(
    join(folder, 'job.json'),
    JSON.stringify({ members: described, joint: options.joint, stack: options.stack, apart: options.apart ?? [] }),
  );
  const run = await promisify(execFile)(options.python, [FIT, folder], { env: { ...process.env, ...ONE_THREAD } });
  if (run.stderr !== '') console.error(run.stderr);
  const names = [
    ...members.map(({ name }) => name),
    ...(options.joint ? ['joint'] : []),
    ...(options.stack ? ['stack'] : []),
  ];
  const columns = new Map<string, ScoreColumn>();
  for (const name of names) columns.set(name, await readOutOfFold(join(folder, name, 'out-of-fold.npy')));
  return columns;
}

/** So that sums are made in one order. */
const ONE_THREAD = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', PYTHONHASHSEED: '0' };

async function writeMember({ folder, examples, encode }: FitOptions, { name, classifier, recipe, isKind }: FitMember) {
  const parsed = examples.map(({ example }) => example);
  const input = await writeMatrix(join(folder, name), classifier, parsed, { encode });
  await writeNpy(
    join(folder, name, 'target.npy'),
    Int8Array.from(examples, (example) => target(example, isKind)),
  );
  await writeNpy(join(folder, name, 'weights.npy'), exampleWeights(examples, recipe));
  return { name, input, recipe };
}

/** 1, 0, or −1 for what a specialist does not learn from: positive labels of other kinds. */
function target({ label, example }: FitExample, isKind: KindRule | null): number {
  if (label === 0 || isKind === null) return label;
  return isKind(example) ? 1 : -1;
}

function exampleWeights(examples: readonly FitExample[], { emphasis = {} }: Recipe): Float32Array {
  return Float32Array.from(examples, ({ source }) => emphasis[source] ?? 1);
}

/** NaN in the file is where the member abstained. */
async function readOutOfFold(file: string): Promise<ScoreColumn> {
  const scores = await readFloat32Npy(file);
  return scoreColumn(
    scores,
    Uint8Array.from(scores, (score) => Number(Number.isNaN(score))),
  );
}
