import { availableParallelism } from 'node:os';
import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

// Packages resolve to their sources: no build stands between an edit and its test.
// Node knows no condition "module", and what some packages keep under it Node cannot load.
const conditions = ['@clamor/source', ...defaultServerConditions.filter((condition) => condition !== 'module')];

// What is measured against the cores of the machine runs after everything else, one file at a time.
const ALONE = '**/test/**/*.alone.test.ts';

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // onnxruntime reads this once per process, on the main thread, before the first session.
    env: { ORT_DISABLE_TELEMETRY: '1' },
    execArgv: ['--conditions=@clamor/source'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/.nx/**', '**/.venv/**'],
    pool: 'forks',
    // By default one core is left to the watcher; half of a small machine would be idle.
    maxWorkers: availableParallelism(),
    setupFiles: ['./tools/build/fixed-seed.ts'],
    testTimeout: 30_000,
    tags: [{ name: 'slow', description: 'Takes more than half a second.', timeout: 600_000 }],
    projects: [
      {
        extends: true,
        test: {
          name: 'tests',
          include: ['**/src/**/*.test.ts', '**/test/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**', '**/.nx/**', '**/.venv/**', ALONE],
          sequence: { groupOrder: 0 },
        },
      },
      { extends: true, test: { name: 'alone', include: [ALONE], maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
});
