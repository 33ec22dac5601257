import type { CompareReport } from '@clamor/report';
import { describe, expect, it } from 'vitest';

import { comparePackages, win } from './compare-host.ts';
import { clamor, type Files, folder, host } from './host.ts';

/** Compares an installed version of win with one in a folder. */
async function compareWith(before: Files, after: Files, ...args: string[]) {
  const cwd = host(comparePackages(after));
  const all = ['compare', 'win', '--against', folder(before), '--json', '--workers', '1', ...args];
  const { exitCode, stdout, stderr } = await clamor(all, { cwd });
  expect(stderr).toBe('');
  const { result, context } = JSON.parse(stdout) as CompareReport;
  return { exitCode, notes: context.notes ?? [], ...result };
}

const causes = ({ causes: all }: Awaited<ReturnType<typeof compareWith>>) => all.map(({ bump, what }) => [bump, what]);

describe('clamor compare MEMBER --against DIR', { tags: ['slow'] }, () => {
  it('finds a patch where every judgement is the same', async () => {
    const compared = await compareWith(
      win(),
      win({ version: '0.1.1', score: '({ text }) => text.includes("win") ? 9 : 0.5' }),
    );
    expect([compared.exitCode, compared.bump, compared.causes]).toEqual([0, 'patch', []]);
    expect(compared.version).toEqual({ before: '0.1.0', after: '0.1.1' });
    // Every score differs: 12 of 637 by 8, the others by a half.
    expect(compared.member).toMatchObject({
      examples: 637,
      changed: 0,
      ways: [],
      scores: { compared: 637, differing: 637, largest: 8, median: 0.5, rankCorrelation: 1 },
      shown: [],
    });
  });

  it('finds a minor where judgements changed, with counts by label, the suite and what is unique', async () => {
    const compared = await compareWith(win(), win({ score: '({ text }) => text.split("bad").length - 1' }));
    expect([compared.bump, causes(compared)]).toEqual(['minor', [['minor', 'judgements']]]);
    expect(compared.member).toMatchObject({
      changed: 27,
      ways: [
        { from: 'positive', to: 'negative', positiveLabels: 12, negativeLabels: 0, withoutLabel: 0 },
        { from: 'negative', to: 'positive', positiveLabels: 6, negativeLabels: 9, withoutLabel: 0 },
      ],
      positives: {
        regions: {
          kept: { truePositives: 534, falsePositives: 8 },
          gained: { truePositives: 6, falsePositives: 9 },
          lost: { truePositives: 12, falsePositives: 0 },
        },
      },
      suite: { before: { truePositives: 546, falsePositives: 8 }, after: { truePositives: 540, falsePositives: 17 } },
      figures: {
        before: { uniqueTruePositives: 12, uniqueFalsePositives: 0 },
        after: { uniqueTruePositives: 6, uniqueFalsePositives: 9 },
      },
    });
    expect(compared.member?.suite.after.precisionInterval).toHaveLength(2);
    // Five of each way; ids are places: 542 of buy and its false positives come first.
    expect(compared.member?.shown.map(({ key, title, from }) => [key, title, from])).toEqual([
      ...[542, 543, 544, 545, 546].map((place) => [`open${place}`, 'win', 'positive']),
      ...[554, 555, 556, 557, 558].map((place) => [`open${place}`, 'bad', 'negative']),
    ]);
  });

  it('finds a minor where only the threshold moved past scores', async () => {
    const compared = await compareWith(win(), win({ record: { threshold: 2 } }));
    expect([compared.bump, compared.member?.changed, compared.member?.scores.differing]).toEqual(['minor', 12, 0]);
  });

  it('finds a major where it abstains now, or where its range of suites admits less', async () => {
    const abstains = await compareWith(
      win(),
      win({ record: { abstains: true }, score: '({ text }) => text === "win" ? null : 0' }),
    );
    expect(causes(abstains)).toEqual([
      ['major', 'abstaining'],
      ['major', 'needs'],
      ['minor', 'judgements'],
    ]);
    const range = await compareWith(win(), win({ manifest: { peerDependencies: { texts: '>=1.0.0 <1.5.0' } } }));
    expect(causes(range)).toEqual([['major', 'suite range']]);
  });

  it('finds a major by the manifest alone where the other version cannot be run', async () => {
    const clamorField = { kind: 'classifier', suite: 'texts', contract: 2, owner: 'win-team' };
    const compared = await compareWith(win({ manifest: { clamor: clamorField } }), win());
    expect([compared.bump, causes(compared), compared.member]).toEqual(['major', [['major', 'contract']], null]);
    expect(compared.notes.join(' ')).toContain('[PACKAGE_CONTRACT_MISMATCH]');
    // A record whose inputs are not those of its code cannot be run either.
    const inputs = await compareWith(win({ record: { inputs: { row: { kind: 'dense', width: 2 } } } }), win());
    expect(inputs.causes).toEqual([{ bump: 'major', what: 'inputs', was: 'row: kind dense, width 2', now: 'none' }]);
    expect(inputs.member).toBeNull();
  });
});
