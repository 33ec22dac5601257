// Never settles in load.
import { defineEncoder } from '@clamor/contract';

export const encoder = defineEncoder({ width: 2, load: () => new Promise(() => {}) });
