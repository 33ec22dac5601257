// Positive on texts that speak of cash.
import { column, defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: (texts) => column(texts, ({ text }) => (text.includes('cash') ? 2 : 0)),
    close() {},
  }),
});
