// Positive on texts that speak of cash or money: the next version of sound-cash.
import { column, defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: (texts) => column(texts, ({ text }) => (/cash|money/.test(text) ? 2 : 0)),
    close() {},
  }),
});
