// Matches a regular expression that takes exponential time.
import { column, defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: (texts) => column(texts, () => (/^(a+)+$/.test(`${'a'.repeat(64)}!`) ? 2 : 0)),
    close() {},
  }),
});
