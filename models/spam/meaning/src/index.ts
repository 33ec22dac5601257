export { classifier } from './classifier.ts';
