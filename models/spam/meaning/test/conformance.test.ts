import { suite } from '@clamor/spam';
import { describeClassifier } from '@clamor/testkit';
import { classifier } from '../src/index.ts';

describeClassifier(classifier, { suite, assets: new URL('../assets/', import.meta.url) });
