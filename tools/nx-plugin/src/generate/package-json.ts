import type { House } from './house.ts';

/** What a generated package.json says beside what all of them say. */
export interface GeneratedManifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly isPrivate: boolean;
  readonly clamor: { readonly [field: string]: string | number };
  /** Further entries of `exports`: path → file. */
  readonly exports?: { readonly [path: string]: string };
  readonly files?: readonly string[];
  readonly dependencies?: { readonly [name: string]: string };
  readonly peerDependencies?: { readonly [name: string]: string };
  readonly devDependencies?: { readonly [name: string]: string };
}

/** Where nothing infers targets, a package has scripts. */
const SCRIPTS = { build: 'tsup', test: 'vitest run', typecheck: 'tsc -p .' };

/** A package.json in the order of fields that all packages have. */
export function manifestOf(wanted: GeneratedManifest, house: House): object {
  const { name, version, description, license, isPrivate, clamor } = wanted;
  return {
    name,
    version,
    ...(isPrivate ? { private: true } : {}),
    description,
    license,
    type: 'module',
    engines: { node: '>=22.18' },
    sideEffects: false,
    clamor,
    ...(house.infersTargets ? {} : { scripts: SCRIPTS }),
    exports: {
      '.': { [house.condition]: './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
      ...wanted.exports,
      './package.json': './package.json',
    },
    files: wanted.files ?? ['dist', 'assets', 'CHANGELOG.md'],
    ...filled('dependencies', wanted.dependencies),
    ...filled('peerDependencies', wanted.peerDependencies),
    ...filled('devDependencies', wanted.devDependencies),
  };
}

function filled(field: string, dependencies: { readonly [name: string]: string } = {}): object {
  return Object.keys(dependencies).length === 0 ? {} : { [field]: dependencies };
}
