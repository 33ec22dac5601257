// Positive on texts that speak of pills; answers asynchronously.
import { column, defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: async (texts) => {
      await Promise.resolve();
      return column(texts, ({ text }) => (text.includes('pills') ? 3 : 0.25));
    },
    close() {},
  }),
});
