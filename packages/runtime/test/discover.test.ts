import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { discover } from '../src/index.ts';
import {
  type HostFixture,
  type PackageFiles,
  contains,
  createHost,
  memberPackage,
  suitePackage,
} from './host-fixture.ts';

const cleanups: (() => unknown)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

function host(packages: { [name: string]: PackageFiles }, manifest: object = {}): HostFixture {
  const created = createHost(packages, manifest);
  cleanups.push(() => created.remove());
  return created;
}

const PACKAGES = {
  texts: suitePackage(),
  'texts-cash': memberPackage('texts-cash', contains('cash')),
  '@team/texts-pills': memberPackage('@team/texts-pills', contains('pills')),
  'left-pad': { 'package.json': { name: 'left-pad', version: '1.0.0' } },
};
const SIDE_BY_SIDE = {
  texts: suitePackage(),
  'texts-cash': memberPackage('texts-cash', contains('cash')),
  'cash-next': memberPackage('texts-cash', contains('money'), { manifest: { version: '0.2.0' } }),
};
const names = (options: Parameters<typeof discover>[0]): string[] =>
  discover(options).packages.map((found) => found.package);

describe('discover', () => {
  it('finds the declared dependencies that carry a marker', () => {
    expect(names({ from: host(PACKAGES).dir })).toEqual(['@team/texts-pills', 'texts', 'texts-cash']);
  });

  it('does not look at packages that are installed and not declared', () => {
    const { dir } = host(PACKAGES, { dependencies: { texts: '*', 'texts-cash': '*' } });
    expect(names({ from: dir })).toEqual(['texts', 'texts-cash']);
  });

  it('names a member without its scope and without the prefix of its suite', () => {
    const found = discover({ from: host(PACKAGES).dir }).packages;
    expect(found.map((one) => one.name)).toEqual(['pills', 'texts', 'cash']);
  });

  it('finds the workspace packages of a workspace', () => {
    const { dir } = host(PACKAGES, { dependencies: {}, workspaces: ['node_modules/*', 'node_modules/@team/*'] });
    expect(names({ from: dir })).toEqual(['@team/texts-pills', 'texts', 'texts-cash']);
  });

  it('lets a bundle stand for its own dependencies', () => {
    const bundle = {
      'package.json': {
        name: 'all-texts',
        version: '1.0.0',
        clamor: { kind: 'bundle', contract: 1, owner: 'core' },
        dependencies: { texts: '*', 'texts-cash': '*' },
      },
    };
    const { dir } = host({ ...PACKAGES, 'all-texts': bundle }, { dependencies: { 'all-texts': '*' } });
    expect(names({ from: dir })).toEqual(['all-texts', 'texts', 'texts-cash']);
  });

  it('keeps to an explicit list and leaves out what is excluded, saying so', () => {
    const { dir } = host(PACKAGES);
    expect(names({ from: dir, packages: ['texts', 'texts-cash'] })).toEqual(['texts', 'texts-cash']);
    const { packages, excluded } = discover({ from: dir, exclude: ['texts-cash'] });
    expect(packages.map((found) => found.package)).toEqual(['@team/texts-pills', 'texts']);
    expect(excluded).toEqual([
      { package: 'texts-cash', version: '0.1.0', alias: null, reason: 'excluded by the host' },
    ]);
  });

  it('reports a listed package that nobody declares, and a declared one that is not installed', () => {
    const { dir } = host(PACKAGES, { dependencies: { texts: '*', gone: '*' } });
    expect(discover({ from: dir }).faults).toMatchObject([{ package: 'gone', code: 'PACKAGE_MISSING' }]);
    expect(discover({ from: dir, packages: ['texts', 'nobody'] }).faults).toMatchObject([
      { package: 'gone', code: 'PACKAGE_MISSING' },
      { package: 'nobody', code: 'PACKAGE_MISSING' },
    ]);
  });

  it('looks upwards for the host, as Node does for modules', () => {
    const { dir } = host(PACKAGES);
    expect(names({ from: join(dir, 'node_modules') })).toEqual(names({ from: dir }));
  });

  it('finds a linked package once, though it is both declared and in the workspace', () => {
    const { dir } = host(PACKAGES, { dependencies: { linked: '*' }, workspaces: ['node_modules/texts'] });
    symlinkSync(join(dir, 'node_modules', 'texts'), join(dir, 'node_modules', 'linked'));
    expect(names({ from: dir })).toEqual(['texts']);
  });

  it('says under which alias a package is declared', () => {
    const { packages } = discover({ from: host(SIDE_BY_SIDE).dir });
    expect(packages.map(({ package: name, version, alias }) => [name, version, alias])).toEqual([
      ['texts', '1.2.0', null],
      ['texts-cash', '0.1.0', null],
      ['texts-cash', '0.2.0', 'cash-next'],
    ]);
    expect(new Set(packages.slice(1).map((found) => found.name))).toEqual(new Set(['cash']));
  });

  it('has no alias for a package that is declared under its own name as well', () => {
    const { dir } = host(PACKAGES, { dependencies: { alias: '*', texts: '*' } });
    symlinkSync(join(dir, 'node_modules', 'texts'), join(dir, 'node_modules', 'alias'));
    expect(discover({ from: dir }).packages).toMatchObject([{ package: 'texts', alias: null }]);
  });

  it('leaves out every version by the name of a package, and one by its alias', () => {
    const { dir } = host(SIDE_BY_SIDE);
    expect(names({ from: dir, exclude: ['texts-cash'] })).toEqual(['texts']);
    const { packages, excluded } = discover({ from: dir, exclude: ['cash-next'] });
    expect(packages.map((found) => found.version)).toEqual(['1.2.0', '0.1.0']);
    expect(excluded).toMatchObject([{ package: 'texts-cash', version: '0.2.0', alias: 'cash-next' }]);
  });

  it('keeps every version by the name of a package, and one by its alias', () => {
    const { dir } = host(SIDE_BY_SIDE);
    expect(names({ from: dir, packages: ['texts', 'texts-cash'] })).toHaveLength(3);
    const { packages, faults } = discover({ from: dir, packages: ['texts', 'cash-next'] });
    expect(packages.map((found) => found.version)).toEqual(['1.2.0', '0.2.0']);
    expect(faults).toEqual([]);
  });

  it('refuses to start where there is no package.json at all', () => {
    expect(() => discover({ from: '/' })).toThrowError(expect.objectContaining({ code: 'HOST_NOT_FOUND' }));
  });
});
