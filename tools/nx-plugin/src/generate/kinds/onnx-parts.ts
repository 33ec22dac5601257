import { writeGraph } from '../../../templates/trained/training/bag-graph.ts';
import type { MemberParts, PartsContext } from './member-parts.ts';

const BUCKETS = 2 ** 14;
const MAX_TERMS = 2048;

/** A graph over hashed terms in which every weight is 1: its score grows with the number of distinct terms. */
export function onnxParts({ read }: PartsContext): MemberParts {
  return {
    templates: ['terms', 'trained', 'onnx'],
    without: ['training/linear-graph.ts'],
    values: {
      untrained: 'untrained',
      trained: 'trained',
      classifierType: 'an `OnnxClassifier`',
      flags: 'Nothing yet: examples with many distinct terms, whatever they say.',
      how: 'Terms of all fields, hashed into 16,384 buckets, a bag without weights; every weight of the graph is 1 until it is trained, and the sum is divided by the root of the number of terms.',
    },
    scores: read.map(({ terms }) => untrainedScore(terms)),
    artifact: writeGraph({ table: new Float32Array(BUCKETS).fill(1), bias: 0 }),
    inputs: { terms: { kind: 'bag', maxIds: MAX_TERMS, weighted: false } },
  };
}

/** What the graph gives when every weight is 1, in its float32 steps. */
function untrainedScore(terms: number): number {
  const bounded = Math.min(terms, MAX_TERMS);
  return Math.fround(bounded / Math.fround(Math.sqrt(Math.max(bounded, 1))));
}
