import { createHash } from 'node:crypto';
import { NxError } from '../errors.ts';
import { type EncodeSamples, encodeSamples } from './encode-samples.ts';
import { type GeneratedFile, type WorkspaceFiles, jsonFile } from './files.ts';
import { entryOf, findEncoder, findSuite } from './find-package.ts';
import { type House, readHouse, toolDependencies, versionRange } from './house.ts';
import { headParts } from './kinds/head-parts.ts';
import type { MemberParts } from './kinds/member-parts.ts';
import { onnxParts } from './kinds/onnx-parts.ts';
import { plainParts } from './kinds/plain-parts.ts';
import { checkPlace, chooseScope, splitMemberName } from './names.ts';
import { manifestOf } from './package-json.ts';
import { type ReadSamples, readSamples } from './read-samples.ts';
import { renderTemplates } from './render.ts';
import { type SampleInput, findSampleInputs, thresholdBetween } from './samples.ts';
import { type KnownPackage, type Workspace, readWorkspace } from './workspace.ts';

/** What a member can be made as. */
const MEMBER_KINDS = { onnx: onnxParts, plain: plainParts, 'encoder-head': headParts } as const;

/** A kind of member: a graph and its features, plain code, or a head on an encoder. */
export type MemberKind = keyof typeof MEMBER_KINDS;

/** What {@link generateMember} takes. */
export interface MemberOptions {
  /** `<suite>/<member>`. */
  readonly name: string;
  /** Default `onnx`. */
  readonly kind?: MemberKind | undefined;
  /** What a head reads, by its package or what comes after `encoder-` in it; default the only encoder there is. */
  readonly encoder?: string | undefined;
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

/** What runs code of the workspace, each in a process of its own. */
export interface MemberProcesses {
  readonly readSamples: ReadSamples;
  readonly encodeSamples: EncodeSamples;
}

/**
 * The files of a new member, models/<suite>/<member>. Writes nothing.
 *
 * It is whole but knows nothing: its score grows with the number of distinct terms, or is one number of an encoder's row, and its
 * threshold lies between two of its samples. Its record says that it was fitted on nothing, its card that it is untrained, its
 * package.json that it is private.
 *
 * @param processes - Run the suite's parser and the encoder on the samples.
 * @throws {NxError} `GENERATE_NAME_INVALID`, `GENERATE_NAME_TAKEN`, `GENERATE_SUITE_UNKNOWN`, `GENERATE_WORKSPACE_INVALID`,
 * `GENERATE_ENCODER_UNKNOWN`, `GENERATE_ENCODER_AMBIGUOUS`, `GENERATE_SAMPLES_MISSING`, `GENERATE_SAMPLES_ALIKE`,
 * `GENERATE_SUITE_UNREADABLE`, `GENERATE_ENCODER_UNREADABLE`, `GENERATE_USAGE`
 */
export function generateMember(
  files: WorkspaceFiles,
  options: MemberOptions,
  processes: MemberProcesses = { readSamples, encodeSamples },
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
  const encoder = chooseEncoder(kind, { workspace, asked: options.encoder });
  const house = readHouse(files, scope);
  const { condition } = house;
  const samples = findSampleInputs(files, { workspace, suite, file: options.samples });
  const suiteEntry = entryOf(files, suite, condition);
  const inputs = samples.map(({ input }) => input);
  const read = processes.readSamples({ suitePackage, suiteEntry, condition, inputs });
  const parts = MEMBER_KINDS[kind]({ files, condition, read, encoder, encodeSamples: processes.encodeSamples });
  const threshold = thresholdBetween(parts.scores);
  const license = workspace.manifest.license ?? 'UNLICENSED';
  const suiteRange = versionRange(workspace, suitePackage);
  const encoderPackage = encoder?.manifest.name;
  const encoderRange =
    encoderPackage === undefined ? null : { [encoderPackage]: versionRange(workspace, encoderPackage) };
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
      ...(parts.artifact === null ? {} : { exports: { './model.onnx': './assets/model.onnx' } }),
      ...(encoderRange === null ? {} : { dependencies: encoderRange }),
      peerDependencies: { '@clamor/contract': versionRange(workspace, '@clamor/contract'), [suitePackage]: suiteRange },
      devDependencies: toolDependencies(workspace, ['@clamor/testkit', ...ownTools(house)]),
    },
    house,
  );
  const values = {
    ...parts.values,
    packageName: name,
    suitePackage,
    suiteRange,
    description,
    license,
    threshold: String(threshold),
    condition,
    alsoCompatible: Object.entries(encoderRange ?? {})
      .map(([on, range]) => `, \`${on}\` ${range}`)
      .join(''),
    trainCommand: trainCommand(house, name),
  };
  return {
    name,
    dir,
    files: [
      jsonFile(`${dir}/package.json`, manifest),
      ...houseFiles(house, dir),
      ...['shared', ...parts.templates]
        .flatMap((folder) => renderTemplates(folder, dir, values))
        .filter(({ path }) => !(parts.without ?? []).includes(path.slice(dir.length + 1))),
      ...assets(parts, { dir, threshold, samples, encoder: encoderPackage ?? null }),
    ],
  };
}

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
  if (Object.hasOwn(MEMBER_KINDS, kind)) return kind as MemberKind;
  const known = Object.keys(MEMBER_KINDS).join(', ');
  throw new NxError('GENERATE_USAGE', `"${kind}" is no kind of member.\nChoose one of: ${known}.`);
}

/** The encoder of a head; other kinds read none. */
function chooseEncoder(
  kind: MemberKind,
  { workspace, asked }: { readonly workspace: Workspace; readonly asked: string | undefined },
): KnownPackage | null {
  if (kind === 'encoder-head') return findEncoder(workspace, asked);
  if (asked === undefined) return null;
  throw new NxError(
    'GENERATE_USAGE',
    `A member of kind ${kind} reads no encoder, and --encoder names ${asked}.\nAdd --kind encoder-head, or leave it out.`,
  );
}

interface AssetValues {
  readonly dir: string;
  readonly threshold: number;
  readonly samples: readonly SampleInput[];
  /** Package of the encoder. */
  readonly encoder: string | null;
}

function assets(
  { artifact, inputs, scores }: MemberParts,
  { dir, threshold, samples, encoder }: AssetValues,
): GeneratedFile[] {
  const nothing = { splits: [], count: 0, sha256: sha256('') };
  const record = {
    threshold,
    artifact: artifact === null ? null : { file: 'model.onnx', sha256: sha256(artifact), sizeBytes: artifact.length },
    inputs,
    encoder,
    abstains: false,
    positiveRateBand: [0, 1],
    fit: { data: 'none', seed: 0, weights: nothing, threshold: nothing },
    figures: [],
  };
  const lines = samples.map(({ key, input }, i) => `${JSON.stringify({ key, input, score: scores[i] })}\n`);
  return [
    ...(artifact === null ? [] : [{ path: `${dir}/assets/model.onnx`, content: artifact }]),
    jsonFile(`${dir}/assets/record.json`, record),
    { path: `${dir}/assets/samples.jsonl`, content: lines.join('') },
  ];
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
