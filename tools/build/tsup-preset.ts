import { defineConfig, type Options } from 'tsup';

/** The one tsup preset of the workspace; leaving tsup costs this file. */
const preset: Options = {
  entry: ['src/index.ts'],
  format: ['esm'],
  target: 'node22',
  platform: 'node',
  dts: true,
  sourcemap: true,
  clean: true,
  splitting: false,
};

export default defineConfig(preset);
