// Throws on the texts that say poison: one example in a thousand.
import { column, defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: (texts) =>
      column(texts, ({ text }) => {
        if (text.includes('poison')) throw new Error('poisoned');
        return 0;
      }),
    close() {},
  }),
});
