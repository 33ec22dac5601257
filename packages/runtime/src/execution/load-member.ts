import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  CONTRACT_VERSION,
  type Classifier,
  type EncodeResult,
  type InputRecord,
  type InputSpec,
  type LoadedClassifier,
  type MemberRecord,
  errorCode,
  errorMessage,
} from '@clamor/contract';
import { artifactMismatch } from '../discovery/artifact.ts';
import { loadUnchanged } from './load-unchanged.ts';
import { ProblemError } from './problem-error.ts';
import { allowPublishedImports } from './published-imports.ts';
import type { WorkerMember } from './worker-protocol.ts';

/** Gives a member the rows of texts that its encoder was asked for before. */
export type AnswerTexts = (texts: readonly string[]) => EncodeResult;

/** A member's code, ready to run. */
export interface LoadedMember extends LoadedClassifier<unknown> {
  /** What it will ask its encoder for; only of a member on an encoder. */
  encodings?(examples: readonly unknown[]): readonly { readonly texts: readonly (string | null)[] }[];
}

/**
 * Imports a member's code, checks its shape against its record, and loads it: import → shape → load. Its files must be
 * those that were checked, before and after: an installation may be going on beside a running suite.
 *
 * @param answer - Where a member on an encoder has its rows from; default: it loads a copy of the encoder for itself.
 * @throws {ProblemError}
 */
export async function loadMember(member: WorkerMember, answer?: AnswerTexts): Promise<LoadedMember> {
  return loadUnchanged(member, {
    code: 'MEMBER_CONTENT_CHANGED',
    async load() {
      const classifier = await importClassifier(member);
      checkShape(classifier, member);
      await checkEncoder(classifier, member);
      return tryLoad(classifier, member, answer);
    },
  });
}

async function tryLoad(
  classifier: Classifier<unknown>,
  member: WorkerMember,
  answer: AnswerTexts | undefined,
): Promise<LoadedMember> {
  try {
    const loaded = await load(classifier, member, answer);
    if (typeof loaded?.score === 'function' && typeof loaded.close === 'function') return loaded;
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError(
      errorCode(error) ?? 'MEMBER_LOAD_FAILED',
      errorMessage(error),
      'a member that loads',
      'Report it to its owner; exclude it meanwhile.',
    );
  }
  throw shapeProblem('load() gives no { score, close }', 'both, as functions');
}

async function importClassifier(member: WorkerMember): Promise<unknown> {
  let module: { readonly classifier?: unknown };
  allowPublishedImports();
  try {
    module = (await import(pathToFileURL(member.entry).href)) as typeof module;
  } catch (error) {
    throw new ProblemError(
      'MEMBER_IMPORT_FAILED',
      `an import that throws: ${errorMessage(error)}`,
      `${member.entry} to be imported`,
      'Install the package again, or report it to its owner.',
    );
  }
  return module.classifier;
}

function checkShape(classifier: unknown, member: WorkerMember): asserts classifier is Classifier<unknown> {
  if (typeof classifier !== 'object' || classifier === null) {
    throw shapeProblem(
      'no export "classifier"',
      'export const classifier = defineClassifier(…) or defineOnnxClassifier(…)',
    );
  }
  const { kind, contract } = classifier as Partial<Classifier>;
  if ((kind !== 'plain' && kind !== 'onnx') || contract !== CONTRACT_VERSION) {
    throw shapeProblem(
      `a classifier of kind "${kind}", contract ${contract}`,
      `kind plain or onnx, contract ${CONTRACT_VERSION}`,
    );
  }
  const inputs = kind === 'onnx' ? inputRecords((classifier as Classifier & { kind: 'onnx' }).inputs) : {};
  if (canonical(inputs) !== canonical(member.record.inputs)) {
    throw shapeProblem(`inputs ${canonical(inputs)}`, `those of the record, ${canonical(member.record.inputs)}`);
  }
}

/** Input specifications as they stand in a record. */
function inputRecords(inputs: { readonly [name: string]: InputSpec<never> }): MemberRecord['inputs'] {
  return Object.fromEntries(Object.entries(inputs).map(([name, spec]) => [name, inputRecord(spec)]));
}

function inputRecord(spec: InputSpec<never>): InputRecord {
  if (spec.kind === 'encoded') return { kind: 'encoded', width: spec.encoder.width };
  return spec;
}

/** A member's encoded inputs must come from the very encoder that its record names: that one is run for it. */
async function checkEncoder(classifier: Classifier<unknown>, { encoder, record }: WorkerMember): Promise<void> {
  if (classifier.kind !== 'onnx') return;
  const read = Object.values(classifier.inputs).flatMap((spec) => (spec.kind === 'encoded' ? [spec.encoder] : []));
  if (read.length === 0 || encoder === null) return;
  const module = (await import(pathToFileURL(encoder.entry).href)) as { readonly encoder?: unknown };
  if (read.every((each) => each === module.encoder)) return;
  throw shapeProblem(
    'an encoded input from another encoder than that of its record',
    `the export "encoder" of ${record.encoder}`,
  );
}

async function load(
  classifier: Classifier<unknown>,
  member: WorkerMember,
  answer: AnswerTexts | undefined,
): Promise<LoadedMember> {
  if (classifier.kind === 'plain') return classifier.load();
  // Imported late: a suite of plain members never pays for the engine.
  const { loadOnnxClassifier } = await import('@clamor/onnx');
  const { artifact } = member.record;
  if (artifact === null)
    throw shapeProblem('an ONNX classifier whose record names no artifact', 'an artifact with its hash');
  const file = join(member.dir, 'assets', artifact.file);
  const bytes = await readFile(file);
  // The bytes that the engine gets, not those that were looked at before.
  const mismatch = artifactMismatch(bytes, artifact, file);
  if (mismatch !== null) {
    const todo = 'Reload the suite when the installation is finished.';
    throw new ProblemError('MEMBER_ARTIFACT_MISMATCH', mismatch.found, mismatch.wanted, todo);
  }
  const encode = answer === undefined ? {} : { encode: (_: unknown, texts: readonly string[]) => answer(texts) };
  return loadOnnxClassifier(classifier, { artifact: bytes, ...encode });
}

function shapeProblem(found: string, wanted: string): ProblemError {
  return new ProblemError('MEMBER_SHAPE_INVALID', found, wanted, 'Report it to its owner; exclude it meanwhile.');
}

/** JSON with sorted keys, so that two equal values have one text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
