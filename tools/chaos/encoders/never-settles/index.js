// Never settles.
import { defineEncoder } from '@clamor/contract';

export const encoder = defineEncoder({
  width: 2,
  load: () => ({
    encode: () => new Promise(() => {}),
    close() {},
  }),
});
