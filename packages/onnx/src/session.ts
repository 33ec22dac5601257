import { errorMessage } from '@clamor/contract';
import { InferenceSession } from 'onnxruntime-node';
import { OnnxError } from './errors.ts';
import type { GraphInput } from './graph-inputs.ts';

// onnxruntime sends telemetry unless told otherwise. It reads this once per process, on the main thread, before the first
// session; in a worker the line does nothing, so the runtime says it too.
process.env['ORT_DISABLE_TELEMETRY'] ??= '1';

// Cores are used by workers, each with all members: a pool of threads per session would fight over them.
const SESSION_OPTIONS: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  logSeverityLevel: 3,
};

/** What a graph must look like. */
export interface GraphShape {
  readonly inputs: readonly GraphInput[];
  /** Inputs that the graph may have, and is fed then. */
  readonly optional?: readonly GraphInput[];
  readonly output: string;
  /** Columns of the output of an encoder; a classifier has one score per example. */
  readonly width?: number;
  /** For messages: where the artifact came from. */
  readonly where: string;
}

/**
 * Opens a session and checks the graph against what the member declares.
 *
 * @throws {OnnxError} `ONNX_ARTIFACT_INVALID`, `ONNX_INPUT_MISMATCH`, `ONNX_OUTPUT_MISMATCH`
 */
export async function openSession(artifact: Uint8Array, shape: GraphShape): Promise<InferenceSession> {
  const session = await create(artifact, shape.where);
  try {
    checkInputs(session, shape);
    checkOutput(session, shape);
    return session;
  } catch (error) {
    await session.release();
    throw error;
  }
}

async function create(artifact: Uint8Array, where: string): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(artifact, SESSION_OPTIONS);
  } catch (cause) {
    throw new OnnxError(
      'ONNX_ARTIFACT_INVALID',
      `${where} (${artifact.byteLength} bytes) is not a graph that onnxruntime can run: ${errorMessage(cause)}\nWanted an ONNX model. Rebuild the artifact, or install the package again.`,
      { cause },
    );
  }
}

function checkInputs(session: InferenceSession, { inputs: needed, optional = [], where }: GraphShape): void {
  const inputs = [...needed, ...optional.filter(({ name }) => session.inputNames.includes(name))];
  const found = new Map(session.inputMetadata.map((input) => [input.name, describeFound(input)]));
  const faults = inputs
    .filter(
      (wanted) =>
        !matches(
          session.inputMetadata.find((input) => input.name === wanted.name),
          wanted,
        ),
    )
    .map(
      (wanted) => `"${wanted.name}": found ${found.get(wanted.name) ?? 'nothing'}, wanted ${describeWanted(wanted)}`,
    );
  const declared = new Set(inputs.map((input) => input.name));
  for (const name of session.inputNames.filter((input) => !declared.has(input))) {
    faults.push(`"${name}": the graph takes ${found.get(name)}, the package declares no such input`);
  }
  if (faults.length === 0) return;
  throw new OnnxError(
    'ONNX_INPUT_MISMATCH',
    `${where} does not take the inputs that its package declares.\n${faults.join('\n')}\nExport the artifact again, or correct the inputs that are declared.`,
  );
}

function checkOutput(session: InferenceSession, { output, width, where }: GraphShape): void {
  const found = session.outputMetadata.find((candidate) => candidate.name === output);
  if (found?.isTensor === true && found.type === 'float32' && isOutputShape(found.shape, width)) return;
  const wanted = width === undefined ? `float32 [n] or [n, 1]` : `float32 [n, ${width}]`;
  const outputs = session.outputMetadata.map((o) => `"${o.name}" ${describeFound(o)}`).join(', ');
  throw new OnnxError(
    'ONNX_OUTPUT_MISMATCH',
    `${where} has no output "${output}" of ${wanted}; its outputs are ${outputs}.\nName the output in the define… call ({ output }), or export the artifact again.`,
  );
}

function isOutputShape(shape: readonly (number | string)[], width: number | undefined): boolean {
  const sizes = shape.slice(1);
  return width === undefined ? sizes.every((size) => size === 1) : sizes.length === 1 && sizes[0] === width;
}

function matches(found: InferenceSession.ValueMetadata | undefined, wanted: GraphInput): boolean {
  if (found?.isTensor !== true || found.type !== wanted.type || found.shape.length !== wanted.shape.length)
    return false;
  return wanted.shape.every(
    (size, axis) => size === null || typeof found.shape[axis] === 'string' || found.shape[axis] === size,
  );
}

function describeFound(found: InferenceSession.ValueMetadata): string {
  return found.isTensor
    ? `${found.type} [${found.shape.map((size) => size || '?').join(', ')}]`
    : 'something that is not a tensor';
}

function describeWanted(wanted: GraphInput): string {
  return `${wanted.type} [${wanted.shape.map((size) => size ?? 'n').join(', ')}]`;
}
