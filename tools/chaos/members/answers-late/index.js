// Says yes, after its deadline.
import { column, defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: async (texts, { deadline }) => {
      await new Promise((resolve) => setTimeout(resolve, deadline - Date.now() + 200));
      return column(texts, () => 9);
    },
    close() {},
  }),
});
