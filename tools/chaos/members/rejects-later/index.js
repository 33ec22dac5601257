// Answers, and leaves a rejection that nobody handles.
import { column, defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: (texts) => {
      void Promise.reject(new Error('nobody handles this'));
      return column(texts, () => 0);
    },
    close() {},
  }),
});
