// Hangs in native code, where no thread can be stopped.
import { pbkdf2Sync } from 'node:crypto';
import { defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: () => pbkdf2Sync('a', 'b', 1e9, 64, 'sha512'),
    close() {},
  }),
});
