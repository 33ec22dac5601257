// Positive on texts that are mostly capitals.
import { column, defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: (texts) =>
      column(texts, ({ words }) => words.filter((word) => word === word.toUpperCase()).length / words.length),
    close() {},
  }),
});
