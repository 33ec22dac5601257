// Throws what is not an error.
import { defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: () => {
      throw null;
    },
    close() {},
  }),
});
