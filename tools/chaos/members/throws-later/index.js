// Answers, and throws from a timer a little later.
import { column, defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: (texts) => {
      setTimeout(() => {
        throw new Error('nobody catches this');
      });
      return column(texts, () => 0);
    },
    close() {},
  }),
});
