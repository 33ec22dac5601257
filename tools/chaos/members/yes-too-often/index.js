// Says yes to one text in five, a hundred times as often as it declares.
import { column, defineClassifier } from '@clamor/contract';

let seen = 0;

export const classifier = defineClassifier({
  load: () => ({
    score: (texts) => column(texts, () => (seen++ % 5 === 0 ? 9 : 0)),
    close() {},
  }),
});
