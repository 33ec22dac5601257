import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { gatePackages } from './gate-host.ts';
import { besidesColumns, clamor, folder, host } from './host.ts';

interface Advised {
  readonly kind: string;
  readonly context: {
    readonly split: string;
    readonly precision: string;
    readonly evidence?: { readonly queries: number };
  };
  readonly result: {
    readonly suite: { readonly precision: number };
    readonly below: string | null;
    readonly moves: { readonly move: { readonly kind: string; readonly member: string }; readonly suite: Suite }[];
    readonly missed: { readonly missed: number | null; readonly ids: string[] }[];
  };
}

interface Suite {
  readonly truePositives: number;
  readonly falsePositives: number;
}

const rows = (row: string, count: number): string => `${row}\n`.repeat(count);

async function advised(args: string[], cwd: string): Promise<Advised> {
  const { exitCode, stdout, stderr } = await clamor(['advise', ...args, '--json'], { cwd });
  expect([exitCode, besidesColumns(stderr)]).toEqual([0, '']);
  return JSON.parse(stdout) as Advised;
}

describe('clamor advise SUITE', () => {
  it('names the member that costs precision first, with the suite that goes without it', async () => {
    const { kind, context, result } = await advised(['texts'], host(gatePackages('bad', 'win')));
    expect([kind, context.split, context.precision, result.below]).toEqual(['advice', 'open', 'exact', 'precision']);
    expect(result.moves[0]).toMatchObject({ move: { kind: 'remove', member: 'bad' } });
    // 534 and 12 are true, and 8 of the texts with buy are false.
    expect(result.moves[0]!.suite).toMatchObject({ truePositives: 546, falsePositives: 8 });
  });

  it('names ids of missed examples where they may be read', async () => {
    const cwd = host(gatePackages('win'));
    const { result } = await advised([], cwd);
    // bad (6), few (3) and missed (5) are positive and found by nobody.
    expect(result.missed[0]).toMatchObject({ missed: 14 });
    expect(result.missed[0]!.ids[0]).toMatch(/^open/);
    expect(existsSync(join(cwd, 'node_modules/texts-evaluation/log'))).toBe(false);
  });

  it('answers on a split that is held back rounded, logged, and without ids', async () => {
    const cwd = host(gatePackages('win'));
    const { context, result } = await advised(['texts', '--split', 'held'], cwd);
    expect([context.precision, context.evidence?.queries]).toEqual(['rounded', 1]);
    expect(result.moves.every(({ move }) => move.kind === 'remove')).toBe(true);
    expect(result.missed.flatMap(({ ids }) => ids)).toEqual([]);
    expect(readdirSync(join(cwd, 'node_modules/texts-evaluation/log'))).toEqual([
      expect.stringMatching(/-advice-suite-/),
    ]);
  });
});

describe('clamor advise --table', () => {
  const FLOORS = ['--precision-floor', '0.9', '--unique-precision-floor', '0.9'];
  const csv = `label,lang,good,drifted\n${rows('1,en,1,0', 40)}${rows('0,de,0,1', 20)}${rows('1,de,0,0', 5)}`;

  it('advises on judgements without moving thresholds', async () => {
    const cwd = folder({ 't.csv': csv });
    const { result } = await advised(['--table', 't.csv', '--slice', 'lang', ...FLOORS], cwd);
    expect(result.moves[0]).toMatchObject({
      move: { kind: 'remove', member: 'drifted' },
      suite: { truePositives: 40, falsePositives: 0 },
    });
    expect(result.moves.every(({ move }) => move.kind === 'remove')).toBe(true);
    expect(result.missed.map(({ missed }) => missed)).toContain(5);
  });

  it('wants the floors, and no suite', async () => {
    const cwd = folder({ 't.csv': csv });
    expect((await clamor(['advise', '--table', 't.csv', '--slice', 'lang'], { cwd })).exitCode).toBe(64);
    expect((await clamor(['advise', 'texts', '--table', 't.csv', ...FLOORS], { cwd })).exitCode).toBe(64);
    expect((await clamor(['advise', '--slice', 'lang'], { cwd })).exitCode).toBe(64);
  });
});
