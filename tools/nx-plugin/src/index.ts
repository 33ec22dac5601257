export { boundaryFaults } from './boundaries.ts';
export { NX_ERRORS, NxError } from './errors.ts';
export { createDependencies } from './infer/create-dependencies.ts';
export { createNodes } from './infer/create-nodes.ts';
export { ALLOWED, layerOf } from './layers.ts';

export type { NxErrorCode } from './errors.ts';
export type { PluginOptions } from './infer/plugin-options.ts';
export type { Layer } from './layers.ts';
