// Gives scores in a plain array.
import { defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: (texts) => texts.map(() => 9),
    close() {},
  }),
});
