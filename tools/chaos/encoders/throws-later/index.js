// Answers, and throws from a timer.
import { defineEncoder } from '@clamor/contract';

export const encoder = defineEncoder({
  width: 2,
  load: () => ({
    encode: (texts) => {
      setTimeout(() => {
        throw new Error('too late');
      }, 1);
      return new Float32Array(2 * texts.length);
    },
    close() {},
  }),
});
