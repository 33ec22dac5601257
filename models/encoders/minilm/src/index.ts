export { encoder } from './encoder.ts';
