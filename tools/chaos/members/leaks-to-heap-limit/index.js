// Allocates until its heap is full.
import { defineClassifier } from '@clamor/contract';

const leaked = [];

export const classifier = defineClassifier({
  load: () => ({
    score: () => {
      for (;;) leaked.push(Array.from({ length: 10_000 }, () => ({})));
    },
    close() {},
  }),
});
