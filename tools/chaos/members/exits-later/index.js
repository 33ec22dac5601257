// Answers, and calls process.exit a little later.
import { column, defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: (texts) => {
      setTimeout(() => process.exit(0));
      return column(texts, () => 0);
    },
    close() {},
  }),
});
