// Says yes to everything, though it declares one positive in a hundred.
import { column, defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: (texts) => column(texts, () => 9),
    close() {},
  }),
});
