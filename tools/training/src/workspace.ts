import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { OnnxClassifier, Policy } from '@clamor/contract';
import { type DiscoveredPackage, discover, parseExample } from '@clamor/runtime';
import { suite } from '@clamor/spam';
import { readGrowthOrder, spamExamples, spamSplits } from '@clamor/spam-evaluation';
import type { Split } from '@clamor/store';

import type { FitExample, FitMember } from './fit.ts';
import { readKindRule, readRecipe, type Recipe } from './recipe.ts';

/** Root of the repository. */
export const ROOT: string = fileURLToPath(new URL('../../../', import.meta.url));

/** Where matrices and checks are written; ignored by git. */
export const WORK: string = join(ROOT, '.clamor/training');

/** Where rows of encoders are kept; `clamor evaluate` keeps them there, too. */
export const ENCODINGS: string = join(ROOT, '.clamor/cache/encoders');

/** The interpreter that fits: `CLAMOR_PYTHON`, or that of the environment the README makes. */
export const PYTHON: string = process.env['CLAMOR_PYTHON'] ?? join(ROOT, 'tools/training/.venv/bin/python');

/**
 * What to do about an interpreter that is not there; `null` where {@link PYTHON} is one, or is a command on the path.
 *
 * Everything before the fit takes a while, and would have been done for nothing.
 */
export function missingPython(): string | null {
  if (!PYTHON.includes('/') || existsSync(PYTHON)) return null;
  return (
    `There is no Python at ${PYTHON}, which fits the recipes of the spam suite. Make it once:\n` +
    '  python3 -m venv tools/training/.venv\n' +
    '  tools/training/.venv/bin/pip install --require-hashes -r tools/training/requirements.txt\n' +
    'or name another interpreter with these packages: CLAMOR_PYTHON=/path/to/python.'
  );
}

/** The evaluation leaf's folder. */
export const LEAF: string = join(ROOT, 'models/spam/evaluation');

/** A member in the workspace, ready to be fitted. */
export interface WorkspaceMember extends FitMember {
  readonly found: DiscoveredPackage;
  /** Package of the encoder that it depends on, or `null`. */
  readonly encoder: string | null;
  /** Whether it ships in shadow, so that no other member is beside it. */
  readonly isShadow: boolean;
}

/**
 * The members of the spam suite in the workspace that have a recipe for these tools, in the order in which the suite grows; unknown
 * ones join last. A member with a training/train.ts of its own is its owner's to train.
 */
export async function readMembers(): Promise<WorkspaceMember[]> {
  const order = await readGrowthOrder();
  const { packages } = discover({ from: ROOT });
  const encoders = packages.filter(({ marker }) => marker.kind === 'encoder').map((found) => found.package);
  const members = packages.filter(
    ({ marker, dir }) =>
      marker.kind === 'classifier' && marker.suite === 'spam' && existsSync(join(dir, 'training/recipe.json')),
  );
  const place = ({ name }: DiscoveredPackage) => (order.includes(name) ? order.indexOf(name) : order.length);
  const read: WorkspaceMember[] = [];
  for (const found of members.toSorted((a, b) => place(a) - place(b))) {
    const { classifier } = (await import(found.package)) as { classifier: OnnxClassifier<unknown> };
    read.push({
      name: found.name,
      found,
      classifier,
      encoder: encoders.find((name) => found.manifest.dependencies?.[name] !== undefined) ?? null,
      isShadow: found.marker.mode === 'shadow',
      recipe: await readRecipe(found.dir),
      isKind: await readKindRule(found.dir),
    });
  }
  return read;
}

/** The policy of the spam suite. */
export async function readPolicy(): Promise<Policy> {
  return JSON.parse(await readFile(join(ROOT, 'models/spam/suite/assets/policy.json'), 'utf8')) as Policy;
}

/** The recipe of the joint model, a baseline, with all its parts. */
export async function readJoint(): Promise<Recipe> {
  return JSON.parse(await readFile(join(LEAF, 'training/joint.json'), 'utf8')) as Recipe;
}

/** A split of the spam dataset by name. */
export function findSplit(name: string): Split {
  return spamSplits.find((split) => split.name === name)!;
}

/** The parsed mails of some splits by id, each once. */
export async function readExamples(splits: readonly string[]): Promise<Map<string, FitExample>> {
  const examples = new Map<string, FitExample>();
  for (const split of splits) {
    for await (const { id, label, cluster = id, input } of spamExamples(split)) {
      if (examples.has(id)) continue;
      const parsed = await parseExample(suite, input);
      if ('error' in parsed) throw new Error(`${id} cannot be read: ${parsed.error.code} ${parsed.error.message}`);
      examples.set(id, { id, label: label === 1 ? 1 : 0, cluster, source: id.split('/')[0]!, ...parsed });
    }
  }
  return examples;
}
