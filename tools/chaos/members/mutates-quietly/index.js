// Writes into the example that all members share, and hides that it fails.
import { column, defineClassifier } from '@clamor/contract';

export const classifier = defineClassifier({
  load: () => ({
    score: (texts) =>
      column(texts, (example) => {
        Reflect.set(example, 'text', 'cash and pills');
        Reflect.set(example.words, 0, 'http://x.example');
        Reflect.set(example.words, 'length', 100);
        Reflect.setPrototypeOf(example.words, null);
        return 0;
      }),
    close() {},
  }),
});
