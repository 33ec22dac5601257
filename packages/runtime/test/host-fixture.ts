import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Files of a package by relative path; bytes are written as they are, other objects as JSON. */
export type PackageFiles = { readonly [path: string]: string | object };

/** A host application in a folder of its own, with packages under node_modules. */
export interface HostFixture {
  readonly dir: string;
  remove(): void;
}

const CONTRACT_DIR = fileURLToPath(new URL('../../contract', import.meta.url));

/** Makes a host that declares and has the given packages; `@clamor/contract` is there too. */
export function createHost(packages: { readonly [name: string]: PackageFiles }, manifest: object = {}): HostFixture {
  const dir = mkdtempSync(join(tmpdir(), 'clamor-host-'));
  const dependencies = Object.fromEntries(Object.keys(packages).map((name) => [name, '*']));
  writeFileSync(
    join(dir, 'package.json'),
    JSON.stringify({ name: 'host', version: '1.0.0', dependencies, ...manifest }),
  );
  mkdirSync(join(dir, 'node_modules', '@clamor'), { recursive: true });
  symlinkSync(CONTRACT_DIR, join(dir, 'node_modules', '@clamor', 'contract'));
  const host = { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
  for (const [name, files] of Object.entries(packages)) install(host, name, files);
  return host;
}

/** Writes a package over what is installed in a host, as an upgrade does. */
export function install({ dir }: HostFixture, name: string, files: PackageFiles): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(dir, 'node_modules', name, path);
    mkdirSync(dirname(file), { recursive: true });
    const isRaw = typeof content === 'string' || content instanceof Uint8Array;
    writeFileSync(file, isRaw ? content : JSON.stringify(content));
  }
}

/** Waits for something that is about to be so. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => void setTimeout(resolve, 5));
}

/** The policy of the fixture suite. */
export const POLICY = {
  precisionFloor: 0.99,
  uniquePrecisionFloor: 0.9,
  lossBudget: 0.005,
  harmConfidence: 0.9,
  meritConfidence: 0.8,
  required: [] as string[],
  whenUndetermined: 'negative',
  costBudgetMs: null,
  labelMaturityDays: 14,
};

/** A suite of texts: an example is a non-empty string; `boom` makes the schema throw. */
export function suitePackage(policy: object = POLICY): PackageFiles {
  return {
    'package.json': {
      name: 'texts',
      version: '1.2.0',
      type: 'module',
      exports: './index.js',
      clamor: { kind: 'suite', suite: 'texts', contract: 1, owner: 'core' },
    },
    'assets/policy.json': policy,
    'index.js': `
      import { defineSuite } from '@clamor/contract';
      const validate = (value) => {
        if (value === 'boom') throw new Error('the schema broke');
        if (value === 'spin') for (;;);
        return typeof value === 'string' && value !== '' ? { value: { text: value } } : { issues: [{ message: 'wanted a text' }] };
      };
      export const suite = defineSuite({ name: 'texts', schema: { '~standard': { version: 1, vendor: 'test', validate } } });`,
  };
}

/** What of a fixture member differs from a sound one. */
export interface MemberFixture {
  readonly manifest?: object;
  readonly record?: object;
  readonly samples?: readonly object[];
  readonly files?: PackageFiles;
}

/** A record of a plain member with threshold 1. */
export const RECORD = {
  threshold: 1,
  artifact: null,
  inputs: {},
  encoder: null,
  abstains: false,
  positiveRateBand: [0, 1],
  fit: {
    data: 'none',
    seed: 0,
    weights: { splits: [], count: 0, sha256: '0'.repeat(64) },
    threshold: { splits: [], count: 0, sha256: '0'.repeat(64) },
  },
  figures: [],
};

/**
 * A plain member.
 *
 * @param load - Source of the load function; `column`, `scoreColumn` of the contract are in scope.
 */
export function memberPackage(name: string, load: string, fixture: MemberFixture = {}): PackageFiles {
  return {
    'package.json': {
      name,
      version: '0.1.0',
      type: 'module',
      exports: './index.js',
      clamor: { kind: 'classifier', suite: 'texts', contract: 1, owner: 'team' },
      peerDependencies: { texts: '^1.0.0' },
      ...fixture.manifest,
    },
    'assets/record.json': { ...RECORD, ...fixture.record },
    'assets/samples.jsonl': (fixture.samples ?? []).map((sample) => JSON.stringify(sample)).join('\n'),
    'index.js': `
      import { column, scoreColumn, defineClassifier } from '@clamor/contract';
      export const classifier = defineClassifier({ load: ${load} });`,
    ...fixture.files,
  };
}

/** Source of a load function: positive on texts that contain the word. */
export function contains(word: string): string {
  return `() => ({ score: (examples) => column(examples, ({ text }) => (text.includes('${word}') ? 2 : 0)), close() {} })`;
}
