import { type LoadedClassifier, type OnnxClassifier, SCORED, type ScoreColumn, scoreColumn } from '@clamor/contract';
import type { InferenceSession } from 'onnxruntime-node';
import { type EncodeTexts, type InputEncoding, encodeInputs, inputEncodings } from './encoded-inputs.ts';
import { OnnxError } from './errors.ts';
import { type FeatureBatch, buildFeatures } from './features.ts';
import { graphInputs, toTensors } from './graph-inputs.ts';
import { loadOwnEncoders } from './own-encoders.ts';
import { readAsset } from './read-asset.ts';
import { openSession } from './session.ts';

/** Options of {@link loadOnnxClassifier}. */
export interface LoadOnnxClassifierOptions {
  /** The artifact's bytes when they were read and checked already; default: read from `classifier.artifact`. */
  readonly artifact?: Uint8Array;
  /** Encodes the texts of encoded inputs. Default: the classifier loads copies of its encoders for itself. */
  readonly encode?: EncodeTexts;
}

/** A loaded classifier that says, when it reads encoders, what they will be asked for. */
export interface LoadedOnnxClassifier<Example> extends LoadedClassifier<Example> {
  /**
   * What `score` will ask encoders for, so that a host can do it as a step of its own, once for all members. Absent
   * when the classifier has no encoded input.
   *
   * @param examples - Shape [n].
   */
  encodings?(examples: readonly Example[]): readonly InputEncoding[];
}

/**
 * Makes an ONNX member ready to run: texts → encoder rows, features → tensors → one `run` per batch → score column.
 *
 * An example whose text could not be encoded is failed with the encoder's reason.
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
): Promise<LoadedOnnxClassifier<Example>> {
  const artifact = options.artifact ?? (await readAsset(classifier.artifact, 'ONNX_ARTIFACT_MISSING'));
  const own = await loadOwnEncoders(options.encode === undefined ? classifier : { inputs: {} });
  const encode = options.encode ?? own.encode;
  const session = await openSession(artifact, {
    inputs: Object.entries(classifier.inputs).flatMap(([name, spec]) => graphInputs(name, spec)),
    output: classifier.output,
    where: classifier.artifact.href,
  }).catch(async (error: unknown) => {
    await own.close();
    throw error;
  });
  const encodings = remembered((examples: readonly Example[]) => inputEncodings(classifier, examples));
  let closed = false;
  return {
    async score(examples, context) {
      const rows = await encodeInputs(encodings(examples), encode, context);
      const batch = buildFeatures(classifier, examples, rows);
      return toColumn(batch, await run(session, classifier, batch));
    },
    ...(Object.values(classifier.inputs).some(({ kind }) => kind === 'encoded') ? { encodings } : {}),
    ...(classifier.explain === undefined ? {} : { explain: classifier.explain }),
    async close() {
      if (closed) return;
      closed = true;
      await session.release();
      await own.close();
    },
  };
}

/** A function of a batch that is asked twice for the same array, by the encoder step and by `score`, and works once. */
function remembered<Batch extends object, Result>(compute: (batch: Batch) => Result): (batch: Batch) => Result {
  const results = new WeakMap<Batch, Result>();
  return (batch) => {
    const known = results.get(batch);
    if (known !== undefined) return known;
    const result = compute(batch);
    results.set(batch, result);
    return result;
  };
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
