import { defineConfig, type Options } from 'tsup';

type Config = ReturnType<typeof defineConfig>;

/** The one tsup preset of the workspace; leaving tsup costs this file. */
const preset: Options = {
  entry: ['src/index.ts'],
  format: ['esm'],
  target: 'node22',
  platform: 'node',
  dts: true,
  sourcemap: true,
  clean: true,
  splitting: true,
  removeNodeProtocol: false,
  silent: true,
};

/**
 * The preset with further entries, for a package that starts a file of its own.
 *
 * @example
 * // tsup.config.ts of the runtime: export default withEntries('src/execution/worker.ts');
 */
export function withEntries(...entries: readonly string[]): Config {
  return defineConfig({ ...preset, entry: ['src/index.ts', ...entries] });
}

const config: Config = withEntries();
export default config;
