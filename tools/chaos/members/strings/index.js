// Gives scores that are strings.
import { column, defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: (texts) => ({ ...column(texts, () => 9), scores: texts.map(() => '9') }),
    close() {},
  }),
});
