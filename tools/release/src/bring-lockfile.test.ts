import { describe, expect, it } from 'vitest';
import { lostPackages } from './bring-lockfile.ts';

const lockfile = (...paths: readonly string[]) => ({ packages: Object.fromEntries(paths.map((path) => [path, {}])) });

describe('lostPackages', () => {
  it('names what both sides have and the result has not', () => {
    const sides = [lockfile('', 'node_modules/a', 'node_modules/b'), lockfile('', 'node_modules/a')];
    expect(lostPackages(sides, lockfile(''))).toEqual(['node_modules/a']);
  });

  it('leaves alone what one side took out', () => {
    const sides = [lockfile('node_modules/a', 'node_modules/b'), lockfile('node_modules/a')];
    expect(lostPackages(sides, lockfile('node_modules/a'))).toEqual([]);
  });

  it('is empty where nothing was merged', () => {
    expect(lostPackages([], lockfile())).toEqual([]);
  });
});
