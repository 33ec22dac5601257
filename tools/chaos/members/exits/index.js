// Calls process.exit in score.
import { defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: () => process.exit(0),
    close() {},
  }),
});
