// Never settles in load.
import { defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({ load: () => new Promise(() => {}) });
