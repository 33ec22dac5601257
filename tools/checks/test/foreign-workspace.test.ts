import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packedPackages } from '../src/packed-packages.ts';
import { type CommandResult, runCommand } from '../src/run-command.ts';

/** What somebody installs who makes a suite of their own. */
const DIRECT = ['nx', 'cli', 'contract', 'store', 'testkit'].map((name) => `@clamor/${name}`);
const TRANSITIVE = ['evaluation', 'onnx', 'report', 'runtime'].map((name) => `@clamor/${name}`);
const NX_JSON = { useDaemonProcess: false, neverConnectToCloud: true, analytics: false, tui: { enabled: false } };
/** Of one workspace, on a machine that does much else. */
const TIMEOUT_MS = 900_000;
const NO_NETWORK = /\b(ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENOTCACHED)\b/;

interface Host {
  readonly dir: string;
  readonly run: (command: string, ...args: readonly string[]) => CommandResult;
}

// Somebody else's repository: the packages as they would be published, everything else from the registry.
describe('packed @clamor/nx', { tags: ['slow'] }, () => {
  let folder: string;
  let tarballs: ReadonlyMap<string, string>;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'clamor-foreign-'));
    tarballs = await packedPackages();
  }, 600_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }), 120_000);

  it('makes a suite and members in an npm workspace without Nx', { timeout: TIMEOUT_MS }, ({ skip }) => {
    const host = makeHost('npm', {});
    if (typeof host === 'string') return skip(host);
    expectSuccess(host.run('npx', 'clamor-workspace', 'init'));
    const make = (...args: readonly string[]): void => expectSuccess(host.run('npx', 'clamor-workspace', ...args));
    make('suite', 'fraud', '--skip-install');
    const dry = host.run('npx', 'clamor-workspace', 'member', 'fraud/amounts', '--dry-run');
    expect(dry.output).toContain('CREATE models/fraud/amounts/assets/model.onnx');
    expect(existsSync(join(host.dir, 'models/fraud/amounts'))).toBe(false);
    make('member', 'fraud/amounts', '--skip-install');
    make('member', 'fraud/rule', '--kind', 'plain', '--skip-install');
    make('encoder', 'letters', '--skip-install');
    // One install for all of them: each takes seconds.
    make('member', 'fraud/wording', '--kind', 'encoder-head');
    for (const script of ['typecheck', 'test']) expectSuccess(host.run('npm', 'run', script, '--workspaces'));
    // Every package is built in the workspace with Nx, below.
    expectSuccess(
      host.run('npm', 'run', 'build', '--workspace=@acme/fraud-amounts', '--workspace=@acme/fraud-wording'),
    );
    expectMembers(host);
    for (const member of ['amounts', 'wording']) {
      expectTrains(host, member, ['node', '--conditions=@acme/source', `models/fraud/${member}/training/train.ts`]);
    }
    expectSuccess(host.run('npm', 'test', '--workspace=@acme/fraud-wording'));
    const taken = host.run('npx', 'clamor-workspace', 'member', 'fraud/amounts');
    expect([taken.status, taken.output]).toEqual([1, expect.stringContaining('GENERATE_NAME_TAKEN')]);
    expect(host.run('npx', 'clamor-workspace', 'membre', 'fraud/x').status).toBe(64);
  });

  it(
    'makes a suite and members in an empty Nx workspace, and infers their targets',
    { timeout: TIMEOUT_MS },
    ({ skip }) => {
      const host = makeHost('nx', { nx: '23.2.1', oxlint: '1.89.0' });
      if (typeof host === 'string') return skip(host);
      writeFileSync(join(host.dir, 'nx.json'), JSON.stringify(NX_JSON));
      expectSuccess(host.run('npx', 'nx', 'g', '@clamor/nx:init'));
      const make = (generator: string, ...args: readonly string[]): void =>
        expectSuccess(host.run('npx', 'nx', 'g', `@clamor/nx:${generator}`, ...args));
      make('suite', 'fraud', '--skip-install');
      const dry = host.run('npx', 'nx', 'g', '@clamor/nx:member', 'fraud/amounts', '--dry-run');
      expect(dry.output).toContain('CREATE models/fraud/amounts/assets/model.onnx');
      expect(existsSync(join(host.dir, 'models/fraud/amounts'))).toBe(false);
      make('member', 'fraud/amounts', '--skip-install');
      make('member', 'fraud/rule', '--kind=plain', '--skip-install');
      make('encoder', 'letters', '--skip-install');
      make('member', 'fraud/wording', '--kind=encoder-head', '--encoder=letters');
      expectSuccess(
        host.run('npx', 'nx', 'run-many', '-t', 'lint', 'typecheck', 'test', 'build', '--output-style=static'),
      );
      expectMembers(host);
      expect(globSync('models/*/*/project.json', { cwd: host.dir })).toEqual([]);
      const boundaries = host.run('npx', 'clamor-workspace', 'boundaries');
      expect(boundaries.output).toContain('boundaries: 6 projects, 0 faults');
      for (const member of ['amounts', 'wording']) {
        expectTrains(host, member, ['npx', 'nx', 'train', `@acme/fraud-${member}`, '--']);
      }
      expectGates(host);
      const unknown = host.run('npx', 'nx', 'g', '@clamor/nx:member', 'frod/amounts');
      expect([unknown.status, unknown.output]).toEqual([1, expect.stringContaining('GENERATE_SUITE_UNKNOWN')]);
    },
  );

  /** A repository with our tarballs installed; the reason when nothing can be installed. */
  function makeHost(name: string, tools: { readonly [name: string]: string }): Host | string {
    const dir = mkdtempSync(join(folder, `${name}-`));
    const manifest = {
      name: '@acme/source',
      version: '0.0.0',
      private: true,
      license: 'MIT',
      devDependencies: { ...filesOf(DIRECT, tarballs), ...tools },
      overrides: filesOf(TRANSITIVE, tarballs),
      allowScripts: { 'onnxruntime-node': false, esbuild: false, nx: false },
    };
    writeFileSync(join(dir, 'package.json'), JSON.stringify(manifest));
    const { status, output } = runCommand('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], dir);
    if (NO_NETWORK.test(output))
      return `There is no registry to install third-party packages from: ${output.slice(0, 300)}`;
    expect(status, output).toBe(0);
    return { dir, run: (command, ...args) => runCommand(command, args, dir) };
  }
});

/** Dependencies on tarballs. */
function filesOf(names: readonly string[], tarballs: ReadonlyMap<string, string>): object {
  return Object.fromEntries(names.map((name) => [name, `file:${tarballs.get(name) ?? ''}`]));
}

function expectSuccess({ status, output }: CommandResult): void {
  expect(status, output).toBe(0);
}

function expectMembers({ dir, run }: Host): void {
  const { output } = run('npx', 'clamor', 'list');
  for (const name of ['fraud-amounts', 'fraud-rule', 'fraud-wording']) {
    expect(output).toMatch(new RegExp(`@acme/${name} +0\\.0\\.0 +classifier +fraud`));
    const lock = JSON.parse(readFileSync(join(dir, 'package-lock.json'), 'utf8')) as { readonly packages: object };
    expect(lock.packages).toHaveProperty([`node_modules/@acme/${name}`]);
  }
}

/** Texts with "cash" are positive: a fit must find that, and leave a member that is true to its tests. */
function expectTrains({ dir, run }: Host, member: string, [command, ...args]: readonly [string, ...string[]]): void {
  const lines = Array.from({ length: 60 }, (_, i) => ({
    id: `e${i}`,
    label: i % 2,
    input: { text: i % 2 === 1 ? `cash number ${'x'.repeat(i)} for you` : `letter number ${'x'.repeat(i)} from me` },
  }));
  writeFileSync(join(dir, 'examples.jsonl'), lines.map((line) => JSON.stringify(line)).join('\n'));
  expectSuccess(run(command, ...args, '--data=examples.jsonl'));
  const record = JSON.parse(readFileSync(join(dir, `models/fraud/${member}/assets/record.json`), 'utf8')) as {
    readonly fit: { readonly weights: { readonly count: number } };
    readonly figures: readonly { readonly truePositives: number; readonly positives: number }[];
  };
  expect(record.fit.weights.count).toBe(60);
  expect(record.figures).toEqual([expect.objectContaining({ positives: 30, truePositives: 30 })]);
}

/** Builds, scores and gates the trained member on examples of the leaf that it has not seen. */
function expectGates({ dir, run }: Host): void {
  const trained = readFileSync(join(dir, 'examples.jsonl'), 'utf8').split('\n');
  const lines = trained.flatMap((line) => {
    const example = JSON.parse(line) as { readonly id: string };
    return [
      { ...example, split: 'train' },
      { ...example, id: `${example.id}-new`, split: 'gate' },
    ];
  });
  const data = lines.map((line) => JSON.stringify(line)).join('\n');
  writeFileSync(join(dir, 'models/fraud/evaluation/data/examples.jsonl'), data);
  const { status, output } = run('npx', 'nx', 'gate', '@acme/fraud-amounts', '--output-style=static');
  expect(output).toContain('columns of gate: scored amounts');
  expect(output).toContain('columns of gate: cached amounts');
  expect([status, output]).toEqual([output.includes('→ pass') ? 0 : 1, expect.stringMatching(/→ \w+/)]);
  expect(globSync('**/*.parquet', { cwd: join(dir, '.clamor/columns') })).toEqual(['fraud/gate/amounts.parquet']);
}
