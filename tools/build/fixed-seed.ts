// Property tests draw the same cases in every run: a test that fails does so for everybody, and again.
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

const SEED = 20_261_125;

const { testPath } = expect.getState();
if (testPath !== undefined && readFileSync(testPath, 'utf8').includes("from 'fast-check'")) {
  const { default: fc } = await import('fast-check');
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: SEED });
}
