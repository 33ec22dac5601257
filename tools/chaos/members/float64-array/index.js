// Gives scores in a Float64Array.
import { column, defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: (texts) => ({ ...column(texts, () => 9), scores: new Float64Array(texts.length).fill(9) }),
    close() {},
  }),
});
