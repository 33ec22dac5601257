import { type RunningSuite, type Verdict, loadSuite } from '@clamor/runtime';
import { createRandom } from '@clamor/evaluation';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type World, verdictViolations } from '../src/check-verdict.ts';
import { EXAMPLES, POISON, SOUND, TEXTS } from '../src/examples.ts';
import { FAULTS, type Fault, type Isolation, promise } from '../src/faults.ts';
import { type InstalledHost, installHost } from '../src/install-host.ts';
import { type SoundVersion, askSound } from '../src/oracle.ts';
import { said } from '../src/said.ts';
import { drawTexts } from '../src/texts.ts';

// Long enough for a sound member on a busy machine, short against a fault that never ends.
const DEADLINE_MS = 2000;
// What a verdict may take before "at the deadline" is no longer a fair description of it.
const PATIENCE = 3;
// What members may leave on the host's stderr; its stdout is the host's alone.
const STDERR_BYTES = 1024 * 1024;

let host: InstalledHost;
/** What the sound members say without a hostile one. */
let expected: string[];
/** What each says without the runtime: `member@version` → text → answer. */
let answers: ReadonlyMap<string, SoundVersion['answers']>;
const cleanups: (() => unknown)[] = [];

beforeAll(async () => {
  host = installHost();
  const sound = await askSound(
    host.dir,
    SOUND.map((name) => `texts-${name}`),
    [...TEXTS, ...MANY, ...QUIET],
  );
  answers = new Map(sound.map((each) => [`${each.member}@${each.version}`, each.answers]));
  const suite = await load([]);
  expected = said(await suite.judge(EXAMPLES), SOUND);
}, 120_000);
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});
afterAll(() => host.remove());

async function load(faults: readonly Fault[], isolation: Isolation = 'worker'): Promise<RunningSuite> {
  const suite = await loadSuite({
    from: host.dir,
    packages: ['texts', ...[...SOUND, ...faults.map(({ name }) => name)].map((name) => `texts-${name}`)],
    exclude: ['texts-cash-next'],
    onFault: 'degrade',
    workers: 2,
    isolation: Object.fromEntries(faults.map(({ name }) => [name, isolation])),
    deadlineMs: DEADLINE_MS,
    loadDeadlineMs: 2000,
  });
  cleanups.push(() => suite.close());
  return suite;
}

// A thousand texts of which the last is poisonous.
const MANY = drawTexts(createRandom(4), 1000);
// Texts on which no sound member is positive: whoever is positive here is alone.
const QUIET = Array.from({ length: 200 }, (_, i) => `lunch on day ${i}`);

describe.each(['inline', 'worker', 'process'] as const)('%s', (isolation) => {
  for (const fault of FAULTS.filter(({ isolations }) => isolations.includes(isolation))) {
    it(`a member that ${fault.what} ${promise(fault)}`, { tags: ['slow'] }, () => expectPromiseKept(fault, isolation));
  }
});

describe('a member that throws on one example in a thousand', () => {
  it('fails on that one, and is believed on the others', { tags: ['slow'] }, async () => {
    const fault = FAULTS.find(({ name }) => name === 'throws-rarely') as Fault;
    const suite = await load([fault]);
    const verdicts = await suite.judge(MANY.map((input, i) => ({ key: `${i}`, input })));
    for (const [i, verdict] of verdicts.entries()) expectNamed(verdict, fault, MANY[i] ?? '');
    expect(verdicts.flatMap(({ key, degraded }) => (degraded.length > 0 ? [key] : []))).toEqual(['999']);
  });
});

describe('the guard', () => {
  it.each([
    ['yes-to-everything', 50],
    ['yes-too-often', 100],
  ])(
    'takes %s out of the count within %d examples, and its say counts no more',
    { tags: ['slow'] },
    async (name, bound) => {
      const fault = FAULTS.find((each) => each.name === name) as Fault;
      const suite = await load([fault]);
      const verdicts = await Array.fromAsync(suite.judgeStream(QUIET.map((input, i) => ({ key: `${i}`, input }))));
      const last = verdicts.findLastIndex(({ outcome }) => outcome === 'positive');
      expect(last).toBeGreaterThan(0);
      expect(last).toBeLessThan(bound);
      for (const [i, verdict] of verdicts.entries()) expectNamed(verdict, fault, QUIET[i] ?? '');
      expect(suite.members.find((member) => member.name === name)?.mode).toBe('shadow');
    },
  );
});

/** The row of the table: the others judge as without it, in time, and it is named for what it did, call after call. */
async function expectPromiseKept(fault: Fault, isolation: Isolation): Promise<void> {
  const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  cleanups.push(() => void [stdout, stderr].map((spy) => spy.mockRestore()));
  const suite = await load([fault], isolation);
  const named = fault.at === 'load' ? [{ package: `texts-${fault.name}`, code: fault.says[0] }] : [];
  expect(suite.faults.map(({ package: name, code }) => ({ package: name, code }))).toEqual(named);
  for (let call = 0; call < 2; call++) {
    const start = performance.now();
    const verdicts = await suite.judge(EXAMPLES);
    expect(performance.now() - start).toBeLessThan(PATIENCE * DEADLINE_MS);
    expect(said(verdicts, SOUND)).toEqual(expected);
    for (const [i, verdict] of verdicts.entries()) expectNamed(verdict, fault, TEXTS[i] ?? '');
  }
  expect(stdout).not.toHaveBeenCalled();
  expect(stderr.mock.calls.reduce((sum, [chunk]) => sum + chunk.length, 0)).toBeLessThan(STDERR_BYTES);
}

/** The verdict follows from the judgements, and says of the hostile member what the table says. */
function expectNamed(verdict: Verdict, fault: Fault, text: string): void {
  const world: World = {
    installed: new Map([...SOUND, fault.name].map((member) => [member, ['1.0.0']])),
    wishes: new Map(),
    answerOf: (memberVersion) => answers.get(memberVersion)?.get(text),
    faults: new Map([[fault.name, fault]]),
    isPoison: text === POISON,
  };
  expect(verdictViolations(verdict, world)).toEqual([]);
  const own = verdict.judgements.find(({ member }) => member === fault.name);
  expect((world.isPoison ? fault.saysOfPoison : undefined) ?? fault.says).toContain(
    own?.reason?.code ?? own?.judgement,
  );
}
