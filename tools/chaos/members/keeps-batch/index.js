// Keeps the batch and the column that it gave, and changes them later.
import { column, defineClassifier } from '@clamor/contract';

let given;

export const classifier = defineClassifier({
  load: () => ({
    score: (texts) => {
      given?.answer.scores.fill(9);
      const answer = column(texts, () => 0);
      setTimeout(() => answer.scores.fill(9));
      given = { texts, answer };
      return answer;
    },
    close() {},
  }),
});
