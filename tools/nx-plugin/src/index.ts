export { createNodes } from './infer.ts';
export { boundaryFaults } from './boundaries.ts';
export { ALLOWED, layerOf } from './layers.ts';
export type { Layer } from './layers.ts';
