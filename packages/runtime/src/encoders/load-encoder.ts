import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  CONTRACT_VERSION,
  type Encoder,
  type LoadedEncoder,
  type OnnxEncoder,
  errorCode,
  errorMessage,
} from '@clamor/contract';
import { type ArtifactRecord, artifactMismatch } from '../discovery/artifact.ts';
import { loadUnchanged } from '../execution/load-unchanged.ts';
import { ProblemError } from '../execution/problem-error.ts';
import { allowPublishedImports } from '../execution/published-imports.ts';
import type { WorkerEncoder } from '../execution/worker-protocol.ts';

/**
 * Imports an encoder's code, checks it against its record, and loads it. Its files must be those that were checked, before and after.
 *
 * @throws {ProblemError}
 */
export async function loadEncoder(encoder: WorkerEncoder): Promise<LoadedEncoder> {
  return loadUnchanged(encoder, {
    code: 'ENCODER_CONTENT_CHANGED',
    async load() {
      const defined = await importEncoder(encoder);
      checkDefinition(defined, encoder);
      return tryLoad(defined, encoder);
    },
  });
}

async function importEncoder({ entry }: WorkerEncoder): Promise<unknown> {
  allowPublishedImports();
  try {
    return ((await import(pathToFileURL(entry).href)) as { readonly encoder?: unknown }).encoder;
  } catch (error) {
    const found = `an import that throws: ${errorMessage(error)}`;
    throw new ProblemError('ENCODER_IMPORT_FAILED', found, `${entry} to be imported`, AGAIN);
  }
}

function checkDefinition(defined: unknown, { record }: WorkerEncoder): asserts defined is Encoder {
  if (typeof defined !== 'object' || defined === null) {
    throw definitionProblem('no export "encoder"', 'export const encoder = defineOnnxEncoder(…) or defineEncoder(…)');
  }
  const { kind, form, contract, width } = defined as Partial<Encoder>;
  const wantedForm = record.artifact === null ? 'plain' : 'onnx';
  const found = `a definition of kind "${kind}", form "${form}", contract ${contract}, width ${width}`;
  const wanted = `kind "encoder", form "${wantedForm}", contract ${CONTRACT_VERSION}, width ${record.width}`;
  if (found !== `a definition of ${wanted}`) throw definitionProblem(found, wanted);
  if (form !== 'onnx') return;
  for (const name of ['maxTokens', 'maxCharacters', 'output'] as const) {
    const value = (defined as OnnxEncoder)[name];
    if (value !== record[name]) throw definitionProblem(`${name} ${value}`, `${record[name]}, as its record has it`);
  }
}

async function tryLoad(defined: Encoder, encoder: WorkerEncoder): Promise<LoadedEncoder> {
  try {
    const loaded = await load(defined, encoder);
    if (typeof loaded?.encode === 'function' && typeof loaded.close === 'function') return loaded;
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    const code = errorCode(error);
    const found = code === undefined ? errorMessage(error) : `${code}: ${errorMessage(error)}`;
    throw new ProblemError('ENCODER_LOAD_FAILED', found, 'an encoder that loads', AGAIN);
  }
  throw definitionProblem('load() that gives no { encode, close }', 'both, as functions');
}

async function load(defined: Encoder, { dir, record }: WorkerEncoder): Promise<LoadedEncoder> {
  if (defined.form === 'plain') return defined.load();
  const [artifact, tokenizer] = await Promise.all([read(dir, record.artifact), read(dir, record.tokenizer)]);
  const engine = await import('@clamor/onnx');
  return engine.loadEncoder(defined, { artifact, tokenizer });
}

/** The bytes that the engine gets, not those that were looked at before. */
async function read(dir: string, artifact: ArtifactRecord | null): Promise<Uint8Array> {
  if (artifact === null) throw definitionProblem('a record that names no artifact', 'one for an encoder that is data');
  const file = join(dir, 'assets', artifact.file);
  const bytes = await readFile(file);
  const mismatch = artifactMismatch(bytes, artifact, file);
  if (mismatch === null) return bytes;
  const todo = 'Reload the suite when the installation is finished.';
  throw new ProblemError('ENCODER_ARTIFACT_MISMATCH', mismatch.found, mismatch.wanted, todo);
}

function definitionProblem(found: string, wanted: string): ProblemError {
  return new ProblemError('ENCODER_DEFINITION_INVALID', found, wanted, AGAIN);
}

const AGAIN = 'Install the encoder again, or report it to its owner; exclude the members on it meanwhile.';
