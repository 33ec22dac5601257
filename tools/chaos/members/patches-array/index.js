// Changes what arrays do, for everybody in its process.
import { column, defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: (texts) => {
      Object.assign(Array.prototype, { filter: () => [], reduce: () => 9 });
      return column(texts, () => 0);
    },
    close() {},
  }),
});
