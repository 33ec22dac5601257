import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

// Packages resolve to their sources: no build stands between an edit and its test.
const conditions = ['@clamor/source', ...defaultServerConditions];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // onnxruntime reads this once per process, on the main thread, before the first session.
    env: { ORT_DISABLE_TELEMETRY: '1' },
    execArgv: ['--conditions=@clamor/source'],
    include: ['**/src/**/*.test.ts', '**/test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/.nx/**', '**/.venv/**'],
    pool: 'forks',
    testTimeout: 30_000,
    tags: [{ name: 'slow', description: 'Takes more than half a second.', timeout: 300_000 }],
  },
});
