import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { gatePackages } from './gate-host.ts';
import { besidesColumns, clamor, host, member } from './host.ts';

interface Tuned {
  readonly kind: string;
  readonly context: { readonly split: string; readonly precision: string };
  readonly result: {
    readonly member: string;
    readonly chosen: { readonly threshold: number; readonly uniqueTruePositives: number } | null;
    readonly heldOut: object;
    readonly targetPrecision: number;
  };
}

/** Scores win 2 and bad 1: at its threshold of 1, 12 true ones, then 6 true and 9 false. */
const graded = member('win', 'win', { score: `({ text }) => text.includes('win') ? 2 : text === 'bad' ? 1 : 0` });

describe('clamor tune', () => {
  it("says where a member's threshold should be, on the split that may be read, and writes it nowhere", async () => {
    const cwd = host({ ...gatePackages(), 'texts-win': graded });
    const record = join(cwd, 'node_modules/texts-win/assets/record.json');
    const before = readFileSync(record, 'utf8');
    const { exitCode, stdout, stderr } = await clamor(['tune', 'win', '--json', '--workers', '1'], { cwd });
    expect([exitCode, besidesColumns(stderr)]).toEqual([0, '']);
    const { kind, context, result } = JSON.parse(stdout) as Tuned;
    expect([kind, context.split, context.precision, result.member]).toEqual(['tune', 'open', 'exact', 'win']);
    expect(result.chosen).toMatchObject({ threshold: 1.5, uniqueTruePositives: 12 });
    expect(readFileSync(record, 'utf8')).toBe(before);
    expect(existsSync(join(cwd, 'node_modules/texts-evaluation/log'))).toBe(false);
  });

  it('searches all thresholds at the precision of the policy, or at another, as advice', async () => {
    const cwd = host({ ...gatePackages(), 'texts-win': graded });
    const union = JSON.parse((await clamor(['tune', '--union', '--json'], { cwd })).stdout) as Tuned;
    expect([union.kind, union.result.targetPrecision]).toEqual(['union', 0.99]);
    expect(union.result.heldOut).toMatchObject({ after: { precision: expect.any(Number) as number } });
    const at = await clamor(['tune', '--union', '--precision', '0.95', '--json'], { cwd });
    expect((JSON.parse(at.stdout) as Tuned).result.targetPrecision).toBe(0.95);
  });

  it('refuses a split that is held back: thresholds are never tuned there', async () => {
    const cwd = host(gatePackages('win'));
    for (const what of ['win', '--union']) {
      const { exitCode, stdout, stderr } = await clamor(['tune', what, '--split', 'held'], { cwd });
      expect([exitCode, stdout, stderr]).toEqual([64, '', expect.stringContaining('[CLI_SPLIT_HELD_BACK]')]);
    }
  });

  it('wants a member or --union, and a precision only with the latter', async () => {
    const cwd = host(gatePackages('win'));
    for (const args of [[], ['win', '--union'], ['win', '--precision', '0.9']]) {
      expect((await clamor(['tune', ...args], { cwd })).exitCode).toBe(64);
    }
    expect((await clamor(['tune', 'nobody'], { cwd })).stderr).toContain('[CLI_MEMBER_UNKNOWN]');
  });
});
