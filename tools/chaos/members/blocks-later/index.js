// Answers, and blocks its thread for two seconds a little later.
import { column, defineClassifier } from '@clamor/contract';

function block() {
  const start = Date.now();
  while (Date.now() - start < 2000);
}

export const classifier = defineClassifier({
  load: () => ({
    score: (texts) => {
      setTimeout(block);
      return column(texts, () => 0);
    },
    close() {},
  }),
});
