// Dies by SIGSEGV.
import { defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: () => {
      process.kill(process.pid, 'SIGSEGV');
      for (;;);
    },
    close() {},
  }),
});
