import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { clamor, folder } from './host.ts';

interface Case {
  readonly name: string;
  readonly labels: (0 | 1 | null)[];
  readonly weights: number[] | null;
  readonly judgements: (0 | 1 | null | 'failed')[][];
  readonly expected: { suite: object; members: object[]; overlaps: object[] };
}

const vectors = JSON.parse(
  readFileSync(new URL('../../evaluation/test/fixtures/vectors.json', import.meta.url), 'utf8'),
) as {
  cases: Case[];
  tolerance: number;
  gateTolerance: { [name: string]: number };
  lossBudget: number;
  meritFloor: number;
};

/** A case as a CSV; in the vectors, judgements stand by member or by example. */
function toCsv({ labels, weights, judgements, expected }: Case): string {
  const members = expected.members.map((member) => (member as { name: string }).name);
  const isByMember = judgements.length === members.length && judgements[0]!.length === labels.length;
  const rows = labels.map((label, i) => [
    label,
    ...(weights === null ? [] : [weights[i]]),
    ...members.map((_, j) => (isByMember ? judgements[j]![i] : judgements[i]![j])),
  ]);
  const header = ['label', ...(weights === null ? [] : ['weight']), ...members];
  return `${[header, ...rows].map((row) => row.map((cell) => cell ?? '').join(',')).join('\n')}\n`;
}

/** Every place where a figure is not the expected one; the gate is an approximation with tolerances of its own. */
function differences(actual: unknown, expected: unknown, path = ''): string[] {
  if (typeof expected === 'object' && expected !== null) {
    return Object.entries(expected).flatMap(([name, value]) =>
      differences((actual as { [name: string]: unknown } | null)?.[name], value, `${path}.${name}`),
    );
  }
  const gate = /\.gate\.(\w+)$/.exec(path)?.[1];
  const tolerance = gate === undefined ? vectors.tolerance : vectors.gateTolerance[gate]!;
  const isSame =
    typeof expected === 'number' && typeof actual === 'number'
      ? Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected))
      : actual === expected;
  return isSame ? [] : [`${path}: ${String(actual)}, wanted ${String(expected)}`];
}

describe('clamor evaluate --table', () => {
  it.each(['tiny', 'all at once', 'rare positives, weighted', 'everybody abstains'])(
    'gives the figures of the vectors: %s',
    async (name) => {
      const vector = vectors.cases.find((one) => one.name === name)!;
      const cwd = folder({ 't.csv': toCsv(vector) });
      const gate = [
        '--loss-budget',
        String(vectors.lossBudget),
        '--unique-precision-floor',
        String(vectors.meritFloor),
      ];
      const { exitCode, stdout } = await clamor(['evaluate', '--table', 't.csv', '--json', ...gate], { cwd });
      expect(exitCode).toBe(0);
      expect(differences(JSON.parse(stdout), vector.expected)).toEqual([]);
    },
  );

  it('prints the report for people and writes HTML', async () => {
    const cwd = folder({ 't.csv': 'label,a,b\n1,1,0\n0,0,1\n' });
    const { exitCode, stdout, stderr } = await clamor(['evaluate', '--table', 't.csv', '--html', 'r.html'], { cwd });
    expect([exitCode, stderr]).toEqual([0, 'wrote r.html\n']);
    expect(stdout).toContain('precision');
  });

  it.each([
    ['without a label column', 'truth,a\n1,1\n', 'STORE_LABEL_COLUMN_MISSING'],
    ['without content', '', 'STORE_FILE_EMPTY'],
    ['with a label of 2', 'label,a\n1,1\n2,1\n', 'STORE_LABEL_INVALID'],
    ['with a judgement that is none', 'label,a\n1,yes\n', 'STORE_JUDGEMENT_INVALID'],
  ])('refuses a file %s', async (_, content, code) => {
    const { exitCode, stdout, stderr } = await clamor(['evaluate', '--table', 't.csv'], {
      cwd: folder({ 't.csv': content }),
    });
    expect([exitCode, stdout, stderr]).toEqual([65, '', expect.stringContaining(`[${code}]`)]);
  });

  it('refuses Parquet cut in half and a file that is not there', async () => {
    const bytes = readFileSync(new URL('fixtures/texts.parquet', import.meta.url));
    const cwd = folder({ 't.parquet': bytes.subarray(0, bytes.length / 2) });
    const half = await clamor(['evaluate', '--table', 't.parquet'], { cwd });
    expect([half.exitCode, half.stderr]).toEqual([65, expect.stringContaining('[STORE_PARQUET_INVALID]')]);
    const none = await clamor(['evaluate', '--table', 'none.csv'], { cwd });
    expect([none.exitCode, none.stderr]).toEqual([65, expect.stringContaining('[STORE_FILE_MISSING]')]);
  });

  it('measures the readable rows, names the others and answers 65', async () => {
    const bad = Buffer.concat([Buffer.from('label,a\n1,1\n0,'), Buffer.from([0xff]), Buffer.from('\n1\n0,0\n')]);
    const { exitCode, stdout, stderr } = await clamor(['evaluate', '--table', 't.csv', '--json'], {
      cwd: folder({ 't.csv': bad }),
    });
    expect(JSON.parse(stdout)).toMatchObject({ unreadable: 2, suite: { examples: 2 } });
    expect(stderr.match(/STORE_ROW_INVALID/g)).toHaveLength(2);
    expect(exitCode).toBe(65);
  });

  it('goes without a suite, and wants both halves of the gate', async () => {
    const cwd = folder({ 't.csv': 'label,a\n1,1\n' });
    expect((await clamor(['evaluate', 'spam', '--table', 't.csv'], { cwd })).exitCode).toBe(64);
    expect((await clamor(['evaluate', '--table', 't.csv', '--loss-budget', '0.1'], { cwd })).exitCode).toBe(64);
    expect((await clamor(['evaluate', '--table', 't.csv', '--loss-budget', 'x'], { cwd })).exitCode).toBe(64);
    expect((await clamor(['evaluate'], { cwd })).exitCode).toBe(64);
  });
});
