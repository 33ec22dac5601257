import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { CompareReport } from '@clamor/report';
import { describe, expect, it } from 'vitest';

import { compareIn, comparePackages, OTHER_WORD, releasing, win } from './compare-host.ts';
import {
  besidesColumns,
  clamor,
  commitAll,
  evaluation,
  type Files,
  folder,
  git,
  host,
  repository,
  suite,
  writeFiles,
} from './host.ts';

/** Compares an installed version of win with one in a folder. */
async function compareWith(before: Files, after: Files, ...args: string[]) {
  const cwd = host(comparePackages(after));
  const all = ['compare', 'win', '--against', folder(before), '--json', '--workers', '1', ...args];
  const { exitCode, stdout, stderr } = await clamor(all, { cwd });
  expect(besidesColumns(stderr)).toBe('');
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

describe('clamor compare MEMBER --against git:REF', { tags: ['slow'] }, () => {
  it('scores the member as it was, and leaves no work tree behind', async () => {
    const cwd = repository(comparePackages(win()));
    writeFiles(cwd, { 'models/texts-win/index.js': win({ score: OTHER_WORD })['index.js'] as string });
    const { report } = await compareIn(cwd, 'git:HEAD');
    expect([report.against, report.result.bump, report.result.member?.changed]).toEqual(['git:HEAD', 'minor', 27]);
    expect(git(cwd, 'worktree', 'list').trim().split('\n')).toHaveLength(1);
  });

  it('says so where there is no such commit, or the member is not in it', async () => {
    const cwd = repository(comparePackages(win()));
    const args = ['compare', 'win', '--workers', '1', '--against'];
    const nowhere = await clamor([...args, 'git:no-such'], { cwd });
    expect([nowhere.exitCode, nowhere.stderr]).toEqual([65, expect.stringContaining('[CLI_VERSION_UNUSABLE]')]);
    git(cwd, 'rm', '-r', '--quiet', '--cached', 'models/texts-win');
    commitAllBut(cwd, 'models/texts-win');
    const fresh = await clamor([...args, 'git:HEAD'], { cwd });
    expect([fresh.exitCode, fresh.stderr]).toEqual([65, expect.stringContaining('it has no member texts-win')]);
  });

  it('sees a change that stored columns would hide', async () => {
    const packages = comparePackages(win());
    const files = packages['texts-evaluation']!;
    const stored = (files['index.js'] as string).replace(
      'describe:',
      'columns: async () => { throw new Error("asked"); }, describe:',
    );
    const cwd = repository({ ...packages, 'texts-evaluation': { ...files, 'index.js': stored } });
    writeFiles(cwd, { 'models/texts-win/index.js': win({ score: OTHER_WORD })['index.js'] as string });
    expect((await compareIn(cwd, 'git:HEAD')).report.result.member?.changed).toBe(27);
  });
});

/** Commits what is staged. */
function commitAllBut(dir: string, path: string): void {
  writeFiles(dir, { '.git/info/exclude': `${path}\n` });
  commitAll(dir);
}

describe('what clamor compare tells', { tags: ['slow'] }, () => {
  it('tells outcome and whole percents of a split that is held back, and logs the look', async () => {
    const cwd = releasing(comparePackages(win()));
    writeFiles(cwd, { 'models/texts-win/index.js': win({ score: OTHER_WORD })['index.js'] as string });
    const { report } = await compareIn(cwd, 'git:HEAD', '--split', 'held', '--changeset');
    expect(report.context).toMatchObject({ precision: 'rounded', evidence: { queries: 1 } });
    expect(report.result).toMatchObject({
      bump: 'minor',
      member: { changed: null, ways: [], shown: [], scores: { largest: null } },
      changeset: { write: ['---', '"texts-win": minor', '---', '', '<what was done> (judgements changed)'] },
    });
    const logged = git(cwd, 'status', '--short', '--untracked-files=all')
      .split('\n')
      .filter((line) => line.includes('-compare-win-'));
    expect(logged).toHaveLength(1);
  });

  it('shows hostile examples to whoever asked, made harmless, and to nobody in a comment', async () => {
    const packages = { texts: suite(), 'texts-win': win(), 'texts-evaluation': evaluation() };
    const cwd = host(packages);
    // The text of c is a hostile one, and only the new version finds it.
    const old = folder(win({ score: '() => 0' }));
    writeFiles(cwd, {
      'node_modules/texts-win/index.js': win({ score: '({ text }) => Number(text.includes("buy"))' })[
        'index.js'
      ] as string,
    });
    const args = ['compare', 'win', '--against', old, '--workers', '1', '--markdown', 'comment.md'];
    const { stdout } = await clamor(args, { cwd });
    expect(stdout).toMatch(/c +negative → positive +1 +0 +1 +buy \ufffd\[2J <b>/);
    const comment = readFileSync(join(cwd, 'comment.md'), 'utf8');
    expect(comment).toContain('<code>c</code>');
    expect(comment).not.toMatch(/\[2J|<b>/);
    const none = await clamor([...args, '--examples', '0'], { cwd });
    expect(none.stdout).not.toContain('[2J');
  });

  it('refuses a member that is not there and a version without a name', async () => {
    const cwd = host(comparePackages(win()));
    expect((await clamor(['compare', 'lose', '--against', '.', '--workers', '1'], { cwd })).exitCode).toBe(64);
    expect((await clamor(['compare', 'win'], { cwd })).exitCode).toBe(64);
  });
});

/** Compares two versions of the suite. A module is imported once per path, so each comparison has a host of its own. */
async function compareSuite(before: Files, after: Files) {
  const cwd = host({ ...comparePackages(win()), texts: after });
  const args = ['compare', 'texts', '--against', folder(before), '--json', '--workers', '1'];
  const { stdout, stderr } = await clamor(args, { cwd });
  expect(besidesColumns(stderr)).toBe('');
  return (JSON.parse(stdout) as CompareReport).result;
}

describe('clamor compare SUITE', { tags: ['slow'] }, () => {
  it('is a patch where every example parses to the same bits, a major where one does not', async () => {
    expect(await compareSuite(suite(), suite())).toMatchObject({
      kind: 'suite',
      bump: 'patch',
      outputs: { unit: 'example', compared: 637, differing: 0 },
    });
    const code = suite()['index.js'] as string;
    // Minus zero for zero on one text: the least that can differ.
    const other = code.replace(
      '{ value: { text } }',
      '{ value: text === "missed" ? { text, n: -0 } : { text, n: 0 } }',
    );
    const here = code.replace('{ value: { text } }', '{ value: { text, n: 0 } }');
    const after = { ...suite(), 'index.js': here };
    expect(await compareSuite({ ...suite(), 'index.js': other }, after)).toMatchObject({
      bump: 'major',
      outputs: { differing: 5, keys: ['open632', 'open633', 'open634', 'open635', 'open636'] },
    });
    const policy = await compareSuite({ ...suite({ lossBudget: 0.01 }), 'index.js': here }, after);
    expect(policy).toMatchObject({ bump: 'minor', causes: [{ what: 'policy' }] });
  });
});
