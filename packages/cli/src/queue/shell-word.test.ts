import { execFileSync } from 'node:child_process';

import { describe, expect, it } from 'vitest';

import { shellWord } from './shell-word.ts';

describe('shellWord', () => {
  it('leaves names of branches and packages as they are', () => {
    expect(['feature/words', '@clamor/spam-words', 'git:main'].map(shellWord)).toEqual([
      'feature/words',
      '@clamor/spam-words',
      'git:main',
    ]);
  });

  it('is one word for a shell, whatever stands in it', () => {
    const texts = ["it's", 'a b', '$(reboot)', '`x`', 'x;y', '"', '\\', '*', '', '-n', 'ü', "''", '!!', '~', '#a'];
    const command = `printf '%s\\n' ${texts.map(shellWord).join(' ')}`;
    expect(execFileSync('/bin/sh', ['-c', command], { encoding: 'utf8' }).split('\n').slice(0, -1)).toEqual(texts);
  });
});
