import { type OnnxClassifier, type ScoreColumn, scoreColumn } from '@clamor/contract';
import { loadOnnxClassifier } from '@clamor/onnx';

const BATCH = 256;

/**
 * Scores examples with an artifact through @clamor/onnx, as a host does.
 *
 * @returns The column, and the microseconds of one core that an example took, features included, parsing not.
 */
export async function scoreExamples(
  classifier: OnnxClassifier<unknown>,
  artifact: Uint8Array,
  examples: readonly unknown[],
): Promise<{ column: ScoreColumn; microsPerExample: number }> {
  const loaded = await loadOnnxClassifier(classifier, { artifact });
  const scores: number[] = [];
  const status: number[] = [];
  const start = performance.now();
  for (let first = 0; first < examples.length; first += BATCH) {
    const batch = examples.slice(first, first + BATCH);
    const part = await loaded.score(batch, { signal: new AbortController().signal, deadline: Number.MAX_SAFE_INTEGER });
    scores.push(...part.scores);
    status.push(...part.status);
  }
  const microsPerExample = ((performance.now() - start) * 1000) / Math.max(1, examples.length);
  await loaded.close();
  return { column: scoreColumn(scores, status), microsPerExample };
}
