// Fails every example for reasons that throw when they are read.
import { column, defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: (texts) => {
      const answer = column(texts, () => 9);
      const reason = {
        get code() {
          throw new Error('this reason throws');
        },
      };
      return { ...answer, status: answer.status.fill(2), reasons: new Map(texts.map((_, i) => [i, reason])) };
    },
    close() {},
  }),
});
