// Ends its process when it encodes.
import { defineEncoder } from '@clamor/contract';

export const encoder = defineEncoder({
  width: 2,
  load: () => ({
    encode: () => process.exit(3),
    close() {},
  }),
});
