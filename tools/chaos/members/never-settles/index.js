// Never settles in score.
import { defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: () => new Promise(() => {}),
    close() {},
  }),
});
