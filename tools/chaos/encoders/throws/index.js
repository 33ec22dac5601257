// Throws on every text.
import { defineEncoder } from '@clamor/contract';

export const encoder = defineEncoder({
  width: 2,
  load: () => ({
    encode: () => {
      throw new Error('no rows today');
    },
    close() {},
  }),
});
