import { type OnnxClassifier, type ScoreColumn, scoreColumn } from '@clamor/contract';
import { type EncodeTexts, loadOnnxClassifier } from '@clamor/onnx';

const BATCH = 256;

/**
 * Scores examples with an artifact through @clamor/onnx, as a host does.
 *
 * @param options.encode - Rows for the texts of encoded inputs. Default: a copy of the encoder is loaded, and its time counts.
 * @returns The column, and the microseconds of one core that an example took, features included, parsing not.
 */
export async function scoreExamples(
  classifier: OnnxClassifier<unknown>,
  artifact: Uint8Array,
  examples: readonly unknown[],
  { encode }: { readonly encode?: EncodeTexts } = {},
): Promise<{ column: ScoreColumn; microsPerExample: number }> {
  const loaded = await loadOnnxClassifier(classifier, encode === undefined ? { artifact } : { artifact, encode });
  const scores: number[] = [];
  const status: number[] = [];
  // Time of the processor, because others may use the machine meanwhile.
  const start = process.cpuUsage();
  for (let first = 0; first < examples.length; first += BATCH) {
    const batch = examples.slice(first, first + BATCH);
    const part = await loaded.score(batch, { signal: new AbortController().signal, deadline: Number.MAX_SAFE_INTEGER });
    scores.push(...part.scores);
    status.push(...part.status);
    for (const [i, { code, message }] of part.reasons) {
      throw new Error(`${classifier.artifact.href}, example ${first + i}: ${code}: ${message}`);
    }
  }
  const { user, system } = process.cpuUsage(start);
  const microsPerExample = (user + system) / Math.max(1, examples.length);
  await loaded.close();
  return { column: scoreColumn(scores, status), microsPerExample };
}
