import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type LoadSuiteOptions, type RunningSuite, type Verdict, loadSuite } from '../src/index.ts';
import {
  type MemberFixture,
  type PackageFiles,
  contains,
  createHost,
  memberPackage,
  suitePackage,
} from './host-fixture.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

const SOUND = {
  'texts-cash': memberPackage('texts-cash', contains('cash')),
  'texts-pills': memberPackage('texts-pills', contains('pills')),
};

async function load(packages: { [name: string]: PackageFiles }, options: LoadSuiteOptions = {}): Promise<RunningSuite> {
  const host = createHost({ texts: suitePackage(), ...SOUND, ...packages });
  cleanups.push(() => host.remove());
  const suite = await loadSuite({ from: host.dir, workers: 1, onFault: 'degrade', deadlineMs: 8000, ...options });
  cleanups.push(() => suite.close());
  return suite;
}

/** The member `z` with this body of its score function; what it prepares stands in scope. */
function scoring(body: string, fixture: MemberFixture = {}, prepare = ''): { [name: string]: PackageFiles } {
  const source = `async () => { ${prepare}; return { score: (examples) => { ${body} }, close() {} }; }`;
  return { 'texts-z': memberPackage('texts-z', source, fixture) };
}

const examples = (...inputs: unknown[]): { key: string; input: unknown }[] =>
  inputs.map((input, i) => ({ key: `k${i}`, input }));

function said(verdicts: readonly Verdict[]): { [member: string]: string }[] {
  return verdicts.map((verdict) =>
    Object.fromEntries(verdict.judgements.map(({ member, judgement, reason }) => [member, reason?.code ?? judgement])),
  );
}

const asks = (isolation: string): MemberFixture => ({
  manifest: { clamor: { kind: 'classifier', suite: 'texts', contract: 1, owner: 'team', isolation } },
});

/** Asks again until there is an answer. */
async function eventually<Value>(ask: () => Value | null): Promise<Value> {
  for (;;) {
    try {
      const answer = ask();
      if (answer !== null) return answer;
    } catch {
      // Not yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const ANSWERS = 'return column(examples, () => 9);';

describe('isolation', { tags: ['slow'] }, () => {
  it.each(['inline', 'worker', 'process'] as const)('%s gives the same judgements', async (isolation) => {
    const suite = await load({}, { isolation });
    expect(said(await suite.judge(examples('cash', 'pills', '', 'hello')))).toEqual([
      { cash: 'positive', pills: 'negative' },
      { cash: 'negative', pills: 'positive' },
      {},
      { cash: 'negative', pills: 'negative' },
    ]);
    expect(suite.members.map((member) => member.isolation)).toEqual([isolation, isolation]);
  });

  it('is as strict as the member asks for, and no looser than the host wants', async () => {
    const pid = 'return column(examples, () => process.pid);';
    const suite = await load({
      ...scoring(pid, asks('process')),
      'texts-y': memberPackage('texts-y', `() => ({ score: (examples) => { ${pid} }, close() {} })`, asks('inline')),
    });
    const [verdict] = await suite.judge(examples('hello'));
    const scores = new Map(verdict?.judgements.map(({ member, score }) => [member, score]));
    expect(scores.get('y')).toBe(process.pid);
    expect(scores.get('z')).not.toBe(process.pid);
    expect(suite.members.map(({ name, isolation }) => [name, isolation])).toContainEqual(['y', 'worker']);
  });

  it('copies what inline members read, so that nothing of the caller is frozen', async () => {
    const suite = await load({}, { isolation: 'inline' });
    const input = examples('cash');
    await suite.judge(input);
    expect(Object.isFrozen(input[0])).toBe(false);
  });
});

describe('isolation in a process', { tags: ['slow'] }, () => {
  const isolation = { z: 'process' } as const;

  const FAULTS: { readonly [what: string]: readonly [code: string, members: { [name: string]: PackageFiles }] } = {
    'dies by a signal': ['MEMBER_CRASHED', scoring('process.kill(process.pid, "SIGSEGV"); for (;;);')],
    'calls process.exit': ['MEMBER_CRASHED', scoring('process.exit(0)')],
    'loops forever': ['MEMBER_DEADLINE', scoring('for (;;);')],
    'hangs in native code': [
      'MEMBER_DEADLINE',
      scoring('pbkdf2Sync("a", "b", 1e9, 64, "sha512")', {}, 'const { pbkdf2Sync } = await import("node:crypto")'),
    ],
    'ignores to be asked to stop': ['MEMBER_DEADLINE', scoring('process.on("SIGTERM", () => {}); for (;;);')],
  };

  for (const [what, [code, members]] of Object.entries(FAULTS)) {
    it(`fails a member alone that ${what}, and goes on with another process`, async () => {
      const suite = await load(members, { isolation, memberDeadlineMs: 1000 });
      for (let i = 0; i < 2; i++) {
        expect(said(await suite.judge(examples('cash')))).toEqual([{ cash: 'positive', pills: 'negative', z: code }]);
      }
    });
  }

  it('fails a member alone that fills its heap', async () => {
    const suite = await load(scoring('for (;;) kept.push({ text: [1, 2, 3] });', {}, 'const kept = []'), {
      isolation,
      heapLimitMb: 32,
      memberDeadlineMs: 8000,
    });
    expect(said(await suite.judge(examples('cash')))).toEqual([
      { cash: 'positive', pills: 'negative', z: 'MEMBER_CRASHED' },
    ]);
  });

  it('keeps patched prototypes away from the others', async () => {
    const suite = await load(
      scoring(`Array.prototype.includes = () => true; String.prototype.includes = () => true; ${ANSWERS}`),
      {
        isolation,
      },
    );
    for (let i = 0; i < 3; i++) {
      expect(said(await suite.judge(examples('hello')))).toEqual([
        { cash: 'negative', pills: 'negative', z: 'positive' },
      ]);
    }
  });

  it('names a member that ends its process when it is loaded', async () => {
    const suite = await load(
      { 'texts-z': { ...memberPackage('texts-z', ''), 'index.js': 'process.exit(0)' } },
      { isolation },
    );
    expect(suite.faults).toMatchObject([{ package: 'texts-z', code: 'MEMBER_CRASHED' }]);
    expect(said(await suite.judge(examples('cash')))).toMatchObject([{ cash: 'positive' }]);
  });
});

describe('a process whose host was killed', { tags: ['slow'] }, () => {
  it('ends, also when its member blocks it', async () => {
    const write = 'writeFileSync(new URL("../../pid", import.meta.url), String(process.pid)); for (;;);';
    const members = scoring(write, {}, 'const { writeFileSync } = await import("node:fs")');
    const host = createHost({ texts: suitePackage(), ...members });
    cleanups.push(() => host.remove());
    const code = `
      import { loadSuite } from ${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)};
      const suite = await loadSuite({ from: ${JSON.stringify(host.dir)}, workers: 1, isolation: 'process', deadlineMs: 600_000, memberDeadlineMs: 600_000 });
      await suite.judge([{ key: 'k', input: 'cash' }]);`;
    const child = spawn(process.execPath, ['--conditions=@clamor/source', '--input-type=module', '-e', code]);
    cleanups.push(() => child.kill('SIGKILL'));
    const pid = Number(await eventually(() => readFileSync(join(host.dir, 'pid'), 'utf8') || null));
    child.kill('SIGKILL');
    expect(await eventually(() => (isAlive(pid) ? null : 'gone'))).toBe('gone');
  });
});

describe('isolation in a worker', { tags: ['slow'] }, () => {
  it('blames a full heap on the member that fills it', async () => {
    const suite = await load(scoring('for (;;) kept.push({ text: [1, 2, 3] });', {}, 'const kept = []'), {
      heapLimitMb: 32,
      memberDeadlineMs: 8000,
    });
    const [verdict] = await suite.judge(examples('cash'));
    expect(said([verdict as Verdict])).toEqual([{ cash: 'positive', pills: 'negative', z: 'MEMBER_CRASHED' }]);
    expect(verdict?.degraded[0]?.reason.message).toContain('memory');
  });

  it('gives neighbours a list of examples that no member can have changed, and keeps columns that none can change later', async () => {
    const suite = await load(
      scoring(
        `const own = [...examples];
         examples.length = 0;
         kept?.fill(9);
         const answer = column(own, () => 0);
         kept = answer.scores;
         queueMicrotask(() => answer.scores.fill(9));
         return answer;`,
        {},
        'let kept',
      ),
    );
    for (let i = 0; i < 3; i++) {
      expect(said(await suite.judge(examples('cash')))).toEqual([
        { cash: 'positive', pills: 'negative', z: 'negative' },
      ]);
    }
  });
});

describe.each(['worker', 'process'] as const)(
  'in a %s, errors that nobody waits for',
  { tags: ['slow'] },
  (isolation) => {
    it('fail the member that left them while it was being asked', async () => {
      const suite = await load(
        scoring('setTimeout(() => { throw new Error("too late"); }, 5); return new Promise(() => {});'),
        {
          isolation: { z: isolation },
        },
      );
      const [verdict] = await suite.judge(examples('cash'));
      expect(said([verdict as Verdict])).toEqual([{ cash: 'positive', pills: 'negative', z: 'MEMBER_CRASHED' }]);
      expect(verdict?.degraded[0]?.reason.message).toContain('too late');
    });

    it('are survived after it answered', async () => {
      const suite = await load(
        scoring(`Promise.reject(new Error('a')); setTimeout(() => { throw new Error('b'); }, 1); ${ANSWERS}`),
        { isolation: { z: isolation } },
      );
      for (let i = 0; i < 10; i++) {
        expect(said(await suite.judge(examples('cash')))).toEqual([
          { cash: 'positive', pills: 'negative', z: 'positive' },
        ]);
      }
    });

    it('and do not end, end the worker, and the member rests', async () => {
      const suite = await load(scoring(`setInterval(() => { throw new Error('again'); }, 1); ${ANSWERS}`, {}, ''), {
        isolation: { z: isolation },
      });
      const codes: (string | undefined)[] = [];
      for (let i = 0; i < 2000 && codes.at(-1) !== 'MEMBER_STOPPED'; i++) {
        const [answer] = said(await suite.judge(examples('cash')));
        expect(answer).toMatchObject({ cash: 'positive', pills: 'negative' });
        codes.push(answer?.['z']);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      expect(codes.at(-1)).toBe('MEMBER_STOPPED');
    });

    it('and megabytes on stdout, change nothing', async () => {
      const suite = await load(
        scoring(`for (let i = 0; i < 20; i++) process.stdout.write('x'.repeat(1e6)); ${ANSWERS}`),
        { isolation: { z: isolation } },
      );
      for (let i = 0; i < 2; i++) {
        expect(said(await suite.judge(examples('cash')))).toEqual([
          { cash: 'positive', pills: 'negative', z: 'positive' },
        ]);
      }
    });
  },
);
