// Gives NaN and calls it a row.
import { defineEncoder } from '@clamor/contract';

export const encoder = defineEncoder({
  width: 2,
  load: () => ({
    encode: (texts) => new Float32Array(2 * texts.length).fill(NaN),
    close() {},
  }),
});
