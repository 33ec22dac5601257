import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../src/run-command.ts';
import { WORKSPACE } from '../src/workspace.ts';

const listed = runCommand('git', ['ls-files', '-z'], WORKSPACE).stdout.split('\0');
const files = listed.filter((file) => file !== '' && existsSync(join(WORKSPACE, file)));

/** Text files of the repository that a pattern matches, with the line. */
function mentions(pattern: RegExp): string[] {
  return files.flatMap((file) => {
    const text = readFileSync(join(WORKSPACE, file), 'utf8');
    if (text.includes('\0')) return [];
    const match = pattern.exec(text);
    return match === null ? [] : [`${file}:${text.slice(0, match.index).split('\n').length} ${match[0].trim()}`];
  });
}

// Written with a class of one letter, so that this file does not match itself.
describe('repository', () => {
  it('names no path of a machine', () => {
    expect(mentions(/(?<![\w.])\/(wor[k]|roo[t]|hom[e]\/\w+|User[s]\/\w+)\//)).toEqual([]);
  });

  it('names no package registry: the lockfile resolves from the one that is configured', () => {
    expect(mentions(/\bregistr[y]\.(?!test\.ts)[\w-]+\.\w+|"resolved": "http[s]?:/)).toEqual([]);
  });

  it('stands by itself: it points to no document outside', () => {
    expect(mentions(/\.\.\/share[d]\b|\b(DESIG[N]|STYL[E]|TOOLCHAI[N]|DAT[A])\.md\b/)).toEqual([]);
  });

  it('holds no file that a build or an install makes', () => {
    expect(files.filter((file) => /(^|\/)(node_modules|dist|\.nx|\.venv|__pycache__)\/|\.tgz$/.test(file))).toEqual([]);
  });
});
