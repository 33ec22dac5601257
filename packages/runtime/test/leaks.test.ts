import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type LoadSuiteOptions, type RunningSuite, loadSuite } from '../src/index.ts';
import {
  type HostFixture,
  type PackageFiles,
  contains,
  createHost,
  memberPackage,
  suitePackage,
  install,
  until,
} from './host-fixture.ts';
import { countResources, leftBehind } from './resources.ts';

const SLOW = { tags: ['slow'] };

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

const SOUND = {
  'texts-cash': memberPackage('texts-cash', contains('cash')),
  'texts-pills': memberPackage('texts-pills', contains('pills')),
};
const EXAMPLES = ['cash', 'pills', 'hello', ''].map((input, i) => ({ key: `k${i}`, input }));

function hostOf(packages: { readonly [name: string]: PackageFiles }): HostFixture {
  const host = createHost({ texts: suitePackage(), ...packages });
  cleanups.push(() => host.remove());
  return host;
}

function load({ dir }: HostFixture, options: LoadSuiteOptions = {}): Promise<RunningSuite> {
  return loadSuite({ from: dir, workers: 1, deadlineMs: 300, loadDeadlineMs: 1500, onFault: 'degrade', ...options });
}

/** Loads, works, closes. */
function withSuite(
  host: HostFixture,
  work: (suite: RunningSuite) => Promise<unknown> = async () => {},
  options: LoadSuiteOptions = {},
): () => Promise<void> {
  return async () => {
    const suite = await load(host, options);
    try {
      await work(suite);
    } finally {
      await suite.close();
    }
  };
}

const judge = (suite: RunningSuite): Promise<unknown> => suite.judge(EXAMPLES);
const scoring = (body: string, options = {}): PackageFiles =>
  memberPackage('texts-zbad', `() => ({ score: (examples) => { ${body} }, close() {} })`, options);
const OWN_PROCESS = {
  manifest: { clamor: { kind: 'classifier', suite: 'texts', contract: 1, owner: 'team', isolation: 'process' } },
};

describe('countResources', () => {
  it('sees a timer, and sees it gone', async () => {
    const key = 'handles: Timeout';
    const before = countResources()[key] ?? 0;
    const timer = setInterval(() => {}, 1000);
    expect(countResources()[key]).toBe(before + 1);
    clearInterval(timer);
    expect(countResources()[key] ?? 0).toBe(before);
  });

  it('sees the threads of a suite and the process of a member', SLOW, async () => {
    const before = countResources();
    const suite = await load(
      hostOf({ ...SOUND, 'texts-zown': memberPackage('texts-zown', contains('x'), OWN_PROCESS) }),
    );
    cleanups.push(() => suite.close());
    const during = countResources();
    expect((during['threads'] ?? 0) - (before['threads'] ?? 0)).toBeGreaterThanOrEqual(1);
    expect((during['children'] ?? 0) - (before['children'] ?? 0)).toBeGreaterThanOrEqual(1);
  });
});

/** Members that end or block their worker, or leave something running in it. */
const HOSTILE: { readonly [what: string]: PackageFiles } = {
  'loops for ever': scoring('for (;;);'),
  'never answers': scoring('return new Promise(() => {})'),
  'calls process.exit': scoring('process.exit(0)'),
  'rejects behind its own back': scoring('Promise.reject(new Error("no")); return column(examples, () => 0)'),
  'starts timers and never stops them': scoring('setInterval(() => {}, 1); return column(examples, () => 0)'),
  'throws when it is closed': memberPackage(
    'texts-zbad',
    '() => ({ score: (examples) => column(examples, () => 0), close() { throw new Error("no") } })',
  ),
  'never finishes closing': memberPackage(
    'texts-zbad',
    '() => ({ score: (examples) => column(examples, () => 0), close: () => new Promise(() => {}) })',
  ),
  'loops in a process of its own': scoring('for (;;);', OWN_PROCESS),
  'kills the process of its own': scoring('process.kill(process.pid, "SIGKILL"); for (;;);', OWN_PROCESS),
  'starts timers in a process of its own': scoring(
    'setInterval(() => {}, 1); return column(examples, () => 0)',
    OWN_PROCESS,
  ),
};

describe('a suite that was closed', () => {
  it('leaves nothing of a load behind', SLOW, async () => {
    expect(await leftBehind(withSuite(hostOf(SOUND)), 5)).toEqual({});
  });

  it('leaves nothing of judging, streaming and scoring behind', SLOW, async () => {
    const work = withSuite(hostOf(SOUND), async (suite) => {
      await suite.judge(EXAMPLES);
      await Array.fromAsync(suite.judgeStream(EXAMPLES));
      await suite.score(EXAMPLES);
    });
    expect(await leftBehind(work)).toEqual({});
  });

  it('leaves nothing of a state directory behind', SLOW, async () => {
    const host = hostOf(SOUND);
    const work = withSuite(
      host,
      (suite) => suite.control({ member: 'cash', mode: 'shadow', by: 'ann', why: 'a test' }),
      { stateDir: join(host.dir, 'state') },
    );
    expect(await leftBehind(work)).toEqual({});
  });

  it('leaves nothing of its reloads behind, the refused ones neither', SLOW, async () => {
    const host = hostOf(SOUND);
    const work = withSuite(host, async (suite) => {
      await suite.reload();
      await judge(suite);
      install(host, 'texts-cash', memberPackage('texts-cash', '() => { throw new Error("no") }'));
      await expect(suite.reload()).rejects.toMatchObject({ code: 'SUITE_RELOAD_REFUSED' });
      install(host, 'texts-cash', SOUND['texts-cash']);
    });
    expect(await leftBehind(work)).toEqual({});
  });

  for (const [what, files] of Object.entries(HOSTILE)) {
    it(`leaves nothing behind of a member that ${what}`, SLOW, async () => {
      expect(await leftBehind(withSuite(hostOf({ ...SOUND, 'texts-zbad': files }), judge))).toEqual({});
    });
  }

  it('has closed each member in each place where it was loaded', SLOW, async () => {
    const host = hostOf({});
    const log = join(host.dir, 'log');
    const counted = memberPackage(
      'texts-counted',
      `() => { appendFileSync(${JSON.stringify(log)}, 'load ');
        return { score: (examples) => column(examples, () => 0), close() { appendFileSync(${JSON.stringify(log)}, 'close ') } } }`,
    );
    const source = `import { appendFileSync } from 'node:fs';\n${counted['index.js'] as string}`;
    const { dir } = hostOf({ ...SOUND, 'texts-counted': { ...counted, 'index.js': source } });
    const suite = await loadSuite({ from: dir, workers: 2 });
    await suite.reload();
    await suite.judge(EXAMPLES);
    await suite.close();
    const words = readFileSync(log, 'utf8').trim().split(' ');
    const count = (word: string): number => words.filter((one) => one === word).length;
    expect(count('load')).toBeGreaterThanOrEqual(4);
    expect(count('close')).toBe(count('load'));
  });
});

describe('a load that fails', () => {
  it('leaves nothing behind when members are faulty', SLOW, async () => {
    const host = hostOf({ ...SOUND, 'texts-zbad': memberPackage('texts-zbad', '() => { throw new Error("no") }') });
    const work = (): Promise<void> =>
      expect(load(host, { onFault: 'throw' })).rejects.toMatchObject({ code: 'SUITE_FAULTY' });
    expect(await leftBehind(work)).toEqual({});
  });

  it('leaves nothing behind when the state directory is of no use', SLOW, async () => {
    const host = hostOf(SOUND);
    mkdirSync(join(host.dir, 'state'));
    writeFileSync(join(host.dir, 'state', 'state.json'), '{');
    const work = (): Promise<void> =>
      expect(load(host, { stateDir: join(host.dir, 'state') })).rejects.toThrow(/state/);
    expect(await leftBehind(work)).toEqual({});
  });

  for (const [what, end] of Object.entries({ hangs: 'await new Promise(() => {})', spins: 'for (;;);' })) {
    for (const [where, fixture] of Object.entries({ 'a worker': {}, 'its own process': OWN_PROCESS })) {
      it(`leaves nothing behind when it is aborted while a member ${what} at import in ${where}`, SLOW, async () => {
        const host = hostOf({ ...SOUND, 'texts-zbad': scoring('', fixture) });
        const began = join(host.dir, 'began');
        const source = `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(began)}, ''); ${end}`;
        install(host, 'texts-zbad', { 'index.js': source });
        const work = async (): Promise<void> => {
          const controller = new AbortController();
          const loading = load(host, { signal: controller.signal, loadDeadlineMs: 60_000 });
          await until(() => existsSync(began));
          const reason = new Error('the operator lost patience');
          controller.abort(reason);
          await expect(loading).rejects.toBe(reason);
          rmSync(began);
        };
        // Node forgets a file that a thread was just opening when it was stopped: at most one per run and thread.
        const { files = 0, ...rest } = await leftBehind(work, 3);
        expect(rest).toEqual({});
        expect(files).toBeLessThanOrEqual(3 * 2);
      });
    }
  }
});

describe('a thread that outlives the close', () => {
  it('is not replaced when it ends at last', SLOW, async () => {
    const body = `pbkdf2Sync('a', 'b', 3_000_000, 64, 'sha512'); return column(examples, () => 0);`;
    const host = hostOf({ ...SOUND, 'texts-zbad': scoring(body) });
    const source = readFileSync(join(host.dir, 'node_modules/texts-zbad/index.js'), 'utf8');
    install(host, 'texts-zbad', { 'index.js': `import { pbkdf2Sync } from 'node:crypto';\n${source}` });
    expect(await leftBehind(withSuite(host, judge), 2)).toEqual({});
  });
});
