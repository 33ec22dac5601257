import { createHash } from 'node:crypto';
import { writeGraph } from '../../templates/onnx/training/graph.ts';
import { NxError } from '../errors.ts';
import { type CountTerms, countTerms } from './count-terms.ts';
import { type GeneratedFile, type WorkspaceFiles, jsonFile } from './files.ts';
import { entryOf, findSuite } from './find-suite.ts';
import { type House, readHouse, toolDependencies, versionRange } from './house.ts';
import { checkPlace, chooseScope, splitMemberName } from './names.ts';
import { manifestOf } from './package-json.ts';
import { renderTemplates } from './render.ts';
import { type SampleInput, findSampleInputs, thresholdBetween } from './samples.ts';
import { readWorkspace } from './workspace.ts';

/** What a member can be made as. */
export const MEMBER_KINDS = ['onnx', 'plain'] as const;

/** One of {@link MEMBER_KINDS}. */
export type MemberKind = (typeof MEMBER_KINDS)[number];

/** What {@link generateMember} takes. */
export interface MemberOptions {
  /** `<suite>/<member>`. */
  readonly name: string;
  /** Default `onnx`. */
  readonly kind?: MemberKind | undefined;
  /** Team that ships it; default the suite's. */
  readonly owner?: string | undefined;
  /** Scope of the package; default the one that the suite has when it is the workspace's own. */
  readonly scope?: string | undefined;
  /** File of inputs for samples, relative to the root. */
  readonly samples?: string | undefined;
}

/** What was made. */
export interface GeneratedPackage {
  readonly name: string;
  /** Relative to the root. */
  readonly dir: string;
  readonly files: readonly GeneratedFile[];
}

const BUCKETS = 2 ** 14;
const MAX_TERMS = 2048;
const UNTRAINED_BIAS = 0;

/**
 * The files of a new member, models/<suite>/<member>. Writes nothing.
 *
 * It is whole but knows nothing: its score grows with the number of distinct terms, and its threshold lies between two of its
 * samples. Its record says that it was fitted on nothing, its card that it is untrained, its package.json that it is private.
 *
 * @param count - Runs the suite's parser on the samples; default in a process of its own.
 * @throws {NxError} `GENERATE_NAME_INVALID`, `GENERATE_NAME_TAKEN`, `GENERATE_SUITE_UNKNOWN`, `GENERATE_WORKSPACE_INVALID`,
 * `GENERATE_SAMPLES_MISSING`, `GENERATE_SAMPLES_ALIKE`, `GENERATE_SUITE_UNREADABLE`, `GENERATE_USAGE`
 */
export function generateMember(
  files: WorkspaceFiles,
  options: MemberOptions,
  count: CountTerms = countTerms,
): GeneratedPackage {
  const { suite: suiteName, member } = splitMemberName(options.name);
  const kind = checkKind(options.kind ?? 'onnx');
  const workspace = readWorkspace(files);
  const suite = findSuite(workspace, suiteName);
  const suitePackage = suite.manifest.name ?? '';
  const suiteScope = suite.isOwn ? /^@([^/]+)\//.exec(suitePackage)?.[1] : undefined;
  const scope = chooseScope(workspace, options.scope ?? suiteScope);
  const name = `@${scope}/${suiteName}-${member}`;
  const dir = `models/${suiteName}/${member}`;
  checkPlace({ files, workspace }, { dir, name });
  const house = readHouse(files, scope);
  const samples = findSampleInputs(files, { workspace, suite, file: options.samples });
  const suiteEntry = entryOf(files, suite, house.condition);
  const counts = count({
    suitePackage,
    suiteEntry,
    condition: house.condition,
    inputs: samples.map(({ input }) => input),
  });
  const scores = counts.map((terms) => (kind === 'plain' ? terms : untrainedScore(terms)));
  const threshold = thresholdBetween(scores);
  const license = workspace.manifest.license ?? 'UNLICENSED';
  const suiteRange = versionRange(workspace, suitePackage);
  const description = `${member}: one member of the ${suiteName} suite.`;
  const manifest = manifestOf(
    {
      name,
      version: '0.0.0',
      description,
      license,
      isPrivate: true,
      clamor: {
        kind: 'classifier',
        suite: suiteName,
        contract: 1,
        owner: options.owner ?? suite.manifest.clamor?.owner ?? 'nobody',
        // It runs and is recorded, and does not count, until somebody takes this away or an operator decides.
        mode: 'shadow',
      },
      ...(kind === 'onnx' ? { exports: { './model.onnx': './assets/model.onnx' } } : {}),
      peerDependencies: { '@clamor/contract': versionRange(workspace, '@clamor/contract'), [suitePackage]: suiteRange },
      devDependencies: toolDependencies(workspace, ['@clamor/testkit', ...ownTools(house)]),
    },
    house,
  );
  const values = {
    ...KIND_TEXTS[kind],
    packageName: name,
    suitePackage,
    suiteRange,
    description,
    license,
    threshold: String(threshold),
    condition: house.condition,
    trainCommand: trainCommand(house, name),
  };
  return {
    name,
    dir,
    files: [
      jsonFile(`${dir}/package.json`, manifest),
      ...houseFiles(house, dir),
      ...renderTemplates('shared', dir, values),
      ...renderTemplates(kind, dir, values),
      ...assets(kind, { dir, threshold, samples, scores }),
    ],
  };
}

const KIND_TEXTS = {
  onnx: {
    untrained: 'untrained',
    trained: 'trained',
    classifierType: 'an `OnnxClassifier`',
    flags: 'Nothing yet: examples with many distinct terms, whatever they say.',
    how: 'Terms of all fields, hashed into 16,384 buckets, a bag without weights; every weight of the graph is 1 until it is trained, and the sum is divided by the root of the number of terms.',
  },
  plain: {
    untrained: 'a placeholder without a rule',
    trained: 'given one',
    classifierType: 'a `PlainClassifier`',
    flags: 'Nothing yet: examples with many distinct terms, whatever they say.',
    how: 'Plain code: the number of distinct terms of all fields.',
  },
} as const;

/** Tools that a package needs where the root shares none. */
export function ownTools(house: House): readonly string[] {
  return house.hasShared ? [] : ['@types/node', 'tsup', 'typescript', 'vitest'];
}

/** Configuration files of a package. */
export function houseFiles(house: House, dir: string): GeneratedFile[] {
  const all = renderTemplates(house.hasShared ? 'shared-house' : 'own-house', dir, { condition: house.condition });
  return all.filter(({ path }) => !(house.hasVitestConfig && path.endsWith('/vitest.config.ts')));
}

function trainCommand(house: House, name: string): string {
  return house.infersTargets ? `npx nx train ${name}` : `node --conditions=${house.condition} training/train.ts`;
}

function checkKind(kind: string): MemberKind {
  const known = MEMBER_KINDS.find((each) => each === kind);
  if (known !== undefined) return known;
  throw new NxError('GENERATE_USAGE', `"${kind}" is no kind of member.\nChoose one of: ${MEMBER_KINDS.join(', ')}.`);
}

/** What the graph gives when every weight is 1, in its float32 steps. */
function untrainedScore(terms: number): number {
  const bounded = Math.min(terms, MAX_TERMS);
  return Math.fround(bounded / Math.fround(Math.sqrt(Math.max(bounded, 1))));
}

interface AssetValues {
  readonly dir: string;
  readonly threshold: number;
  readonly samples: readonly SampleInput[];
  readonly scores: readonly number[];
}

function assets(kind: MemberKind, { dir, threshold, samples, scores }: AssetValues): GeneratedFile[] {
  const graph = kind === 'onnx' ? writeGraph({ table: new Float32Array(BUCKETS).fill(1), bias: UNTRAINED_BIAS }) : null;
  const nothing = { splits: [], count: 0, sha256: sha256('') };
  const record = {
    threshold,
    artifact: graph === null ? null : { file: 'model.onnx', sha256: sha256(graph), sizeBytes: graph.length },
    inputs: graph === null ? {} : { terms: { kind: 'bag', maxIds: MAX_TERMS, weighted: false } },
    encoder: null,
    abstains: false,
    positiveRateBand: [0, 1],
    fit: { data: 'none', seed: 0, weights: nothing, threshold: nothing },
    figures: [],
  };
  const lines = samples.map(({ key, input }, i) => `${JSON.stringify({ key, input, score: scores[i] })}\n`);
  return [
    ...(graph === null ? [] : [{ path: `${dir}/assets/model.onnx`, content: graph }]),
    jsonFile(`${dir}/assets/record.json`, record),
    { path: `${dir}/assets/samples.jsonl`, content: lines.join('') },
  ];
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
