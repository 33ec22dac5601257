// Positive on texts with two links or more; abstains on those without any.
import { column, defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: (texts) =>
      column(texts, ({ words }) => {
        const links = words.reduce((count, word) => count + (word.startsWith('http') ? 1 : 0), 0);
        return links === 0 ? null : links;
      }),
    close() {},
  }),
});
