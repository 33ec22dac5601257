// Positive on texts of twelve words or more; answers after a timer.
import { column, defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: async (texts) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      return column(texts, ({ words }) => words.length);
    },
    close() {},
  }),
});
