// Says yes a hundred times as often as it declares.
import { column, defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: (texts) =>
      column(texts, ({ text }) => {
        let hash = 0;
        for (const letter of text) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0;
        return hash % 1000 < 200 ? 9 : 0;
      }),
    close() {},
  }),
});
