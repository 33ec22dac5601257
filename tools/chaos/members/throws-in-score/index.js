// Throws in score.
import { defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: () => {
      throw new Error('no features');
    },
    close() {},
  }),
});
