import { describe, expect, it } from 'vitest';
import { readCommandLine } from './command-line.ts';

describe('readCommandLine', () => {
  it('says nothing where nothing is said', () => {
    expect(readCommandLine([])).toMatchObject({
      folder: undefined,
      template: undefined,
      members: undefined,
      yes: false,
    });
  });

  it('takes the options of a host', () => {
    const args = [
      'app',
      '--template',
      'host',
      '--suite-package',
      '@acme/fraud',
      '--member',
      'a',
      '--member',
      'b',
      '-y',
    ];
    expect(readCommandLine(args)).toMatchObject({
      folder: 'app',
      template: 'host',
      suitePackage: '@acme/fraud',
      members: ['a', 'b'],
      yes: true,
    });
  });

  it('takes the options of a suite, the scope with or without its @', () => {
    const said = { template: 'suite', suite: 'fraud', scope: 'acme' };
    expect(readCommandLine(['--suite', 'fraud', '--scope', 'acme', '--no-nx'])).toMatchObject({ ...said, nx: false });
    expect(readCommandLine(['--suite', 'fraud', '--scope', '@acme', '--nx'])).toMatchObject({ ...said, nx: true });
  });

  it('knows the template by an option that only it has', () => {
    expect(readCommandLine(['--scope', 'acme']).template).toBe('suite');
    expect(readCommandLine(['--member', 'a']).template).toBe('host');
  });

  it.each([
    [['a', 'b']],
    [['--template', 'site']],
    [['--templat', 'host']],
    [['--template', 'host', '--suite', 'fraud']],
    [['--template', 'suite', '--member', 'a']],
    [['--suite', 'fraud', '--member', 'a']],
    [['--suite']],
  ])('refuses %j', (args) => {
    expect(() => readCommandLine(args)).toThrow(expect.objectContaining({ code: 'CREATE_USAGE' }));
  });
});
