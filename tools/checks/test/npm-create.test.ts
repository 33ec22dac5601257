import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalRegistry, startLocalRegistry } from '../src/local-registry.ts';
import { packedPackages } from '../src/packed-packages.ts';
import { readDocument } from '../src/readme.ts';
import { type CommandResult, runCommand } from '../src/run-command.ts';

/** The blocks of commands in the README, in their order. */
const BLOCKS = readDocument('tools/create-clamor/README.md')
  .text.split('```sh\n')
  .slice(1)
  .map((part) => part.slice(0, part.indexOf('```')));

// Twenty examples, a member that is not private any more, and a branch on which it calls everything positive.
const PREPARE = `
cd my-suite
node --eval '
  const lines = Array.from({ length: 20 }, (_, i) => ({ id: "e" + i, label: i % 2, split: "valid", input: { text: "word ".repeat(1 + 3 * i) } }));
  require("node:fs").writeFileSync("models/fraud/evaluation/data/examples.jsonl", lines.map((line) => JSON.stringify(line)).join("\\n"));
'
npm pkg delete private clamor.mode -w models/fraud/amounts
git add -A && git commit -qm "amounts" && git checkout -q -b more
node --eval '
  const file = "models/fraud/amounts/assets/record.json";
  const record = JSON.parse(require("node:fs").readFileSync(file, "utf8"));
  require("node:fs").writeFileSync(file, JSON.stringify({ ...record, threshold: -1024 }));
'
git commit -qam "more"
`;

// The packages as they would be published, in a real registry, asked by npm itself in a folder outside the repository.
describe('npm create clamor', { tags: ['slow'], timeout: 600_000 }, () => {
  let registry: LocalRegistry | string;
  let folder: string;
  let cache: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'npm-create-'));
    cache = ownCache(folder);
    registry = await startLocalRegistry({ unscoped: ['create-clamor'] });
    if (typeof registry === 'string') {
      console.warn(`npm create was not tested. ${registry}`);
      return;
    }
    // Only npm create itself asks there for what has no scope: it runs in this folder, and what it makes is a project of its own.
    writeFileSync(join(folder, '.npmrc'), `registry=${registry.url}\n`);
    await registry.publish((await packedPackages()).values());
  }, 600_000);
  afterAll(async () => {
    if (typeof registry !== 'string') await registry?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 280_000);

  it('has a block of commands for each template', () => {
    expect(BLOCKS.map((block) => /--template (\w+)/.exec(block)?.[1])).toEqual(['host', 'suite']);
  });

  it('makes a host that judges, by the commands of the README', ({ skip }) => {
    if (typeof registry === 'string') return skip(registry);
    const said = expectSuccess(run(BLOCKS[0]!));
    expect(said).toMatch(/clamor\.lock\.json: suite spam [0-9a-f]{16}, \d+ packages\. It is the first lock\./);
    expect(said).toMatch(/^letter\.eml: (positive|negative), said by /m);
    expect(said).toMatch(/^(positive|negative) +letter\.eml$/m);
    expect(said).toContain('0 undetermined; 0 unreadable; 0 degraded');
    expect(said).toMatch(/^ℹ pass 2$/m);
    const again = run('npm create clamor@latest my-host -- --template host');
    expect([again.status, again.output]).toEqual([1, expect.stringContaining('CREATE_FOLDER_TAKEN: ')]);
  });

  it('makes a workspace in which a member is at home, by the commands of the README', ({ skip }) => {
    if (typeof registry === 'string') return skip(registry);
    const said = expectSuccess(run(BLOCKS[1]!));
    expect(said).toMatch(/Successfully ran target test for 3 projects/);
    expect(said).toMatch(/^@acme\/fraud-amounts +0\.0\.0 +classifier +fraud +fraud-core +found, ships as shadow$/m);
  });

  it('makes a workspace whose CI compares and gates what a branch changes, from sources', ({ skip }) => {
    if (typeof registry === 'string') return skip(registry);
    expectSuccess(run(PREPARE));
    const compared = run('cd my-suite && npm run compare:merge -- --markdown report/compare.md');
    expect(compared.status, compared.output).toBe(4);
    expect(read('my-suite/report/compare.md')).toContain('"@acme/fraud-amounts": minor');
    expectSuccess(
      run(
        `cd my-suite && printf -- '---\n"@acme/fraud-amounts": minor\n---\n\nMore.\n' > .changeset/more.md && npm run compare:merge`,
      ),
    );
    const gated = run('cd my-suite && npm run gate:merge -- --split valid --markdown report/gate.md');
    expect([0, 1, 2, 3], gated.output).toContain(gated.status);
    expect(read('my-suite/report/gate.md')).toContain('amounts');
  });

  function read(path: string): string {
    return readFileSync(join(folder, path), 'utf8');
  }

  /** In a shell of its own, which stops at the first command that fails. */
  function run(script: string): CommandResult {
    const { globalConfig } = registry as LocalRegistry;
    const environment = {
      NPM_CONFIG_GLOBALCONFIG: globalConfig,
      NPM_CONFIG_CACHE: cache,
      NPM_CONFIG_PREFER_OFFLINE: 'true',
      // Where nobody can be asked.
      NPM_CONFIG_YES: 'true',
      GIT_CONFIG_COUNT: '2',
      GIT_CONFIG_KEY_0: 'user.name',
      GIT_CONFIG_VALUE_0: 'Test',
      GIT_CONFIG_KEY_1: 'user.email',
      GIT_CONFIG_VALUE_1: 'test@example.com',
    };
    const set = Object.entries(environment).map(([name, value]) => `export ${name}='${value}'\n`);
    return runCommand('bash', ['-euc', `${set.join('')}${script}`], folder);
  }
});

/**
 * What npm has downloaded before, without what it has installed for `npm create` before: it takes that again for the same version,
 * whatever is in the registry now.
 */
function ownCache(folder: string): string {
  const cache = join(folder, 'cache');
  const shared = join(runCommand('npm', ['config', 'get', 'cache'], folder).stdout.trim(), '_cacache');
  mkdirSync(shared, { recursive: true });
  mkdirSync(cache);
  symlinkSync(shared, join(cache, '_cacache'));
  return cache;
}

function expectSuccess({ status, stdout, output }: CommandResult): string {
  expect(status, output).toBe(0);
  return stdout;
}
