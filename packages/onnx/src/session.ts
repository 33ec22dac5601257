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
  readonly output: string;
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

function checkInputs(session: InferenceSession, { inputs, where }: GraphShape): void {
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
    faults.push(`"${name}": the graph takes ${found.get(name)}, the member declares no such input`);
  }
  if (faults.length === 0) return;
  throw new OnnxError(
    'ONNX_INPUT_MISMATCH',
    `${where} does not take the inputs that its member declares.\n${faults.join('\n')}\nExport the artifact again, or correct the inputs of the classifier.`,
  );
}

function checkOutput(session: InferenceSession, { output, where }: GraphShape): void {
  const found = session.outputMetadata.find((candidate) => candidate.name === output);
  const sizes = found?.isTensor === true ? found.shape.slice(1) : [];
  if (found?.isTensor === true && found.type === 'float32' && sizes.every((size) => size === 1)) return;
  const wanted = `float32 [n] or [n, 1]`;
  const outputs = session.outputMetadata.map((o) => `"${o.name}" ${describeFound(o)}`).join(', ');
  throw new OnnxError(
    'ONNX_OUTPUT_MISMATCH',
    `${where} has no output "${output}" of ${wanted}; its outputs are ${outputs}.\nName the score output in defineOnnxClassifier({ output }), or export the artifact again.`,
  );
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
