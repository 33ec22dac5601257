// Writes eight megabytes to stdout on every call.
import { column, defineClassifier } from '@clamor/contract';

const line = `${'x'.repeat(8191)}\n`;

export const classifier = defineClassifier({
  load: () => ({
    score: (texts) => {
      for (let i = 0; i < 1024; i++) process.stdout.write(line);
      return column(texts, () => 0);
    },
    close() {},
  }),
});
