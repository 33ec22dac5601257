import { describeEncoder } from '@clamor/testkit';
import { encoder } from '../src/index.ts';

describeEncoder(encoder, {
  assets: new URL('../assets/', import.meta.url),
  parity: { file: new URL('fixtures/parity.json', import.meta.url), minCosine: 0.99 },
});
