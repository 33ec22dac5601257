import { readFileSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { column, defineClassifier } from '@clamor/contract';
import { describe, expect, it } from 'vitest';
import { describeClassifier } from '../src/index.ts';
import { suite } from './fixtures/text-suite.ts';

const assets = new URL('fixtures/assets-sound/', import.meta.url);

// A sound member: the score of a text is its length, none for an empty one.
describeClassifier(
  defineClassifier<{ text: string }>({
    load: () => ({
      score: (examples) => column(examples, ({ text }) => (text === '' ? null : text.length)),
      close() {},
    }),
  }),
  { suite, assets },
);

interface VitestReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly ancestorTitles: string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
}

describe('describeClassifier on broken members', () => {
  it('fails the very fact that is not true of each', { timeout: 120_000 }, () => {
    const config = fileURLToPath(new URL('fixtures/vitest.config.ts', import.meta.url));
    const output = fileURLToPath(new URL(`fixtures/report-${process.pid}.json`, import.meta.url));
    const vitest = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url));
    spawnSync(process.execPath, [vitest, 'run', '--config', config, '--reporter=json', `--outputFile=${output}`], {
      cwd: fileURLToPath(new URL('fixtures/', import.meta.url)),
      env: { ...process.env, NODE_OPTIONS: '', VITEST: '' },
    });
    const report = JSON.parse(readFileSync(output, 'utf8')) as VitestReport;
    rmSync(output);
    const failed: Record<string, string[]> = {};
    for (const { ancestorTitles, title, status } of report.testResults.flatMap((file) => file.assertionResults)) {
      const member = ancestorTitles[0] ?? '';
      failed[member] ??= [];
      if (status === 'failed') failed[member].push(title);
    }
    expect(failed).toEqual({
      'another score than recorded': ['scores its samples as recorded'],
      'a counter in the score': [
        'scores its samples as recorded',
        'gives the same answer twice',
        'scores a batch as it scores one by one',
        'does not depend on the order',
      ],
      'the batch in the score': ['scores a batch as it scores one by one', 'survives huge and garbage input'],
      'an undeclared abstention': ['scores its samples as recorded', 'abstains only if its record says so'],
      'no empty batch': ['takes an empty batch'],
      'a second close that throws': ['closes twice'],
      'no score on long texts': ['survives huge and garbage input'],
    });
  });
});
