// Loops for ever when it encodes.
import { defineEncoder } from '@clamor/contract';

export const encoder = defineEncoder({
  width: 2,
  load: () => ({
    encode: () => {
      for (;;);
    },
    close() {},
  }),
});
