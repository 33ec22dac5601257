import { describe, expect, it } from 'vitest';

import { changeset, compareIn, comparePackages, OTHER_WORD, releasing, win } from './compare-host.ts';
import { clamor, commitAll, folder, repository, writeFiles } from './host.ts';

describe('clamor compare --changeset', { tags: ['slow'] }, () => {
  it('fails when nothing is said, and prints the changeset to write, which then is enough', async () => {
    const cwd = releasing(comparePackages(win()));
    writeFiles(cwd, { 'models/texts-win/index.js': win({ score: OTHER_WORD })['index.js'] as string });
    const { exitCode, report } = await compareIn(cwd, 'git:HEAD', '--changeset');
    expect([exitCode, report.result.changeset]).toEqual([
      4,
      {
        said: 'none',
        versioned: 'none',
        isEnough: false,
        files: [],
        write: [
          '---',
          '"texts-win": minor',
          '---',
          '',
          '<what was done> (27 of 637 judgements on open of texts@2 changed)',
        ],
      },
    ]);
    const text = await clamor(['compare', 'win', '--against', 'git:HEAD', '--changeset', '--workers', '1'], { cwd });
    expect([text.exitCode, text.stdout]).toEqual([4, expect.stringContaining('---\n"texts-win": minor\n---\n')]);
    writeFiles(cwd, { '.changeset/written.md': report.result.changeset!.write!.join('\n') });
    const again = await compareIn(cwd, 'git:HEAD', '--changeset');
    expect([again.exitCode, again.report.result.changeset]).toEqual([
      0,
      { said: 'minor', versioned: 'none', isEnough: true, files: ['written'], write: null },
    ]);
  });

  it('fails when less is said, and does not count what was said before that commit', async () => {
    const cwd = releasing(comparePackages(win()));
    writeFiles(cwd, { '.changeset/old.md': changeset({ 'texts-win': 'major' }) });
    commitAll(cwd);
    writeFiles(cwd, {
      '.changeset/new.md': changeset({ 'texts-win': 'patch', 'texts-buy': 'major' }),
      'models/texts-win/index.js': win({ score: OTHER_WORD })['index.js'] as string,
    });
    const { exitCode, report } = await compareIn(cwd, 'git:HEAD', '--changeset');
    expect([exitCode, report.result.changeset]).toMatchObject([4, { said: 'patch', files: ['new'] }]);
    // Against a folder everything that is said and not yet released counts.
    expect((await compareIn(cwd, folder(win()), '--changeset')).exitCode).toBe(0);
  });

  it('takes a version that is raised already for said', async () => {
    const cwd = releasing(comparePackages(win({ version: '0.2.0', score: OTHER_WORD })));
    const { exitCode, report } = await compareIn(cwd, folder(win()), '--changeset');
    expect([exitCode, report.result.changeset]).toMatchObject([0, { said: 'none', versioned: 'minor' }]);
  });

  it('asks for nothing where nothing changed, and for a patch where scores did', async () => {
    const cwd = releasing(comparePackages(win()));
    expect((await compareIn(cwd, 'git:HEAD', '--changeset')).exitCode).toBe(0);
    const shifted = win({ score: '({ text }) => (text.split("win").length - 1) * 2' });
    writeFiles(cwd, { 'models/texts-win/index.js': shifted['index.js'] as string });
    const { exitCode, report } = await compareIn(cwd, 'git:HEAD', '--changeset');
    expect([exitCode, report.result.changeset?.write?.slice(1)]).toEqual([
      4,
      ['"texts-win": patch', '---', '', '<what was done> (the same judgements; 12 scores on open of texts@2 differ)'],
    ]);
  });

  it('says so where there are no changesets, or one cannot be read', async () => {
    const cwd = repository(comparePackages(win()));
    const args = ['compare', 'win', '--against', 'git:HEAD', '--changeset', '--workers', '1'];
    const none = await clamor(args, { cwd });
    expect([none.exitCode, none.stderr]).toEqual([65, expect.stringContaining('[CLI_CHANGESET_MISSING]')]);
    writeFiles(cwd, { '.changeset/config.json': {}, '.changeset/torn.md': 'no front matter' });
    const torn = await clamor(args, { cwd });
    expect([torn.exitCode, torn.stderr]).toEqual([65, expect.stringContaining('[CLI_CHANGESET_INVALID]')]);
  });
});
