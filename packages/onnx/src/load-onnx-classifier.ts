import { readFile } from 'node:fs/promises';
import {
  type LoadedClassifier,
  type OnnxClassifier,
  SCORED,
  type ScoreColumn,
  errorMessage,
  scoreColumn,
} from '@clamor/contract';
import type { InferenceSession } from 'onnxruntime-node';
import { OnnxError } from './errors.ts';
import { type FeatureBatch, buildFeatures } from './features.ts';
import { graphInputs, toTensors } from './graph-inputs.ts';
import { openSession } from './session.ts';

/** Options of {@link loadOnnxClassifier}. */
export interface LoadOnnxClassifierOptions {
  /** The artifact's bytes when they were read and checked already; default: read from `classifier.artifact`. */
  readonly artifact?: Uint8Array;
}

/**
 * Makes an ONNX member ready to run: features → tensors → one `run` per batch → score column.
 *
 * The session has one thread. `onnxruntime` runs synchronously, so call this in a worker.
 *
 * @throws {OnnxError} `ONNX_ARTIFACT_MISSING`, `ONNX_ARTIFACT_INVALID`, `ONNX_INPUT_MISMATCH`, `ONNX_OUTPUT_MISMATCH`
 * @example
 * // const loaded = await loadOnnxClassifier(classifier);
 * // (await loaded.score(mails, { signal, deadline })).scores // Float32Array [n]
 */
export async function loadOnnxClassifier<Example>(
  classifier: OnnxClassifier<Example>,
  options: LoadOnnxClassifierOptions = {},
): Promise<LoadedClassifier<Example>> {
  const session = await openSession(options.artifact ?? (await readArtifact(classifier.artifact)), {
    inputs: Object.entries(classifier.inputs).flatMap(([name, spec]) => graphInputs(name, spec)),
    output: classifier.output,
    where: classifier.artifact.href,
  });
  let closed = false;
  return {
    async score(examples) {
      const batch = buildFeatures(classifier, examples);
      return toColumn(batch, await run(session, classifier, batch));
    },
    ...(classifier.explain === undefined ? {} : { explain: classifier.explain }),
    async close() {
      if (closed) return;
      closed = true;
      await session.release();
    },
  };
}

async function readArtifact(url: URL): Promise<Uint8Array> {
  try {
    return await readFile(url);
  } catch (cause) {
    throw new OnnxError(
      'ONNX_ARTIFACT_MISSING',
      `The artifact ${url.href} cannot be read: ${errorMessage(cause)}\nInstall the package again, or check that its "files" include assets.`,
      { cause },
    );
  }
}

/** Scores of the kept examples, shape [kept]. */
async function run(
  session: InferenceSession,
  classifier: OnnxClassifier<never>,
  batch: FeatureBatch,
): Promise<Float32Array> {
  if (batch.kept === 0) return new Float32Array(0);
  const outputs = await session.run(toTensors(batch), [classifier.output]);
  const data = outputs[classifier.output]?.data;
  if (data instanceof Float32Array && data.length === batch.kept) return data;
  throw new OnnxError(
    'ONNX_OUTPUT_MISMATCH',
    `${classifier.artifact.href} gave ${data?.length ?? 'no'} scores for ${batch.kept} examples; wanted one float32 each. Export the artifact again.`,
  );
}

function toColumn(batch: FeatureBatch, kept: Float32Array): ScoreColumn {
  const scores = new Float32Array(batch.status.length);
  let row = 0;
  for (const [i, status] of batch.status.entries()) if (status === SCORED) scores[i] = kept[row++] ?? Number.NaN;
  return scoreColumn(scores, batch.status, batch.reasons);
}
