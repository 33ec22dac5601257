// Loops forever in score.
import { defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: () => {
      for (;;);
    },
    close() {},
  }),
});
