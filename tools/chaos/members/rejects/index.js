// Rejects in score.
import { defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: () => Promise.reject(new Error('no answer')),
    close() {},
  }),
});
