// Throws in load.
import { defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => {
    throw new Error('no model');
  },
});
