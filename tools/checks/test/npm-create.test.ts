import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
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
    await registry.publish((await packedPackages()).values());
  }, 600_000);
  afterAll(async () => {
    if (typeof registry !== 'string') await registry?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('has a block of commands for each template', () => {
    expect(BLOCKS.map((block) => /--template (\w+)/.exec(block)?.[1])).toEqual(['host', 'suite']);
  });

  it('makes a host that judges, by the commands of the README', ({ skip }) => {
    if (typeof registry === 'string') return skip(registry);
    const said = expectSuccess(run(BLOCKS[0]!));
    console.log(said);
  });

  it('makes a workspace in which a member is at home, by the commands of the README', ({ skip }) => {
    if (typeof registry === 'string') return skip(registry);
    const said = expectSuccess(run(BLOCKS[1]!));
    console.log(said);
  });

  /** In a shell of its own, which stops at the first command that fails. */
  function run(script: string): CommandResult {
    const { url, globalConfig } = registry as LocalRegistry;
    const environment = {
      NPM_CONFIG_REGISTRY: url,
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
