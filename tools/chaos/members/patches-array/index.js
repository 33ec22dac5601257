// Changes what arrays do, for everybody in its process.
import { column, defineClassifier } from '@clamor/contract';

Object.assign(Array.prototype, { filter: () => [], map: () => [], reduce: () => 9 });

export const classifier = defineClassifier({
  load: () => ({
    score: (texts) => column(texts, () => 0),
    close() {},
  }),
});
