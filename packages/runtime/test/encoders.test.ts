import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type LoadSuiteOptions, type RunningSuite, type Verdict, loadSuite } from '../src/index.ts';
import { encodedMember, encoderPackage, logged } from './encoder-fixture.ts';
import {
  type HostFixture,
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

/** A host whose own dependencies are the suite and the members; the encoders come with those. */
function host(packages: { readonly [name: string]: PackageFiles }): HostFixture {
  const declared = ['texts', ...Object.keys(packages).filter((name) => name.startsWith('texts-'))];
  const dependencies = Object.fromEntries(declared.map((name) => [name, '*']));
  const created = createHost({ texts: suitePackage(), ...packages }, { dependencies });
  cleanups.push(() => created.remove());
  return created;
}

async function load(from: string, options: LoadSuiteOptions = {}): Promise<RunningSuite> {
  const suite = await loadSuite({ from, workers: 1, ...options });
  cleanups.push(() => suite.close());
  return suite;
}

const examples = (...inputs: string[]): { key: string; input: string }[] =>
  inputs.map((input, i) => ({ key: `k${i}`, input }));

/** Of each verdict: member → score, or the code of its failure. */
function said(verdicts: readonly Verdict[]): { [member: string]: number | string | undefined }[] {
  return verdicts.map(({ judgements }) =>
    Object.fromEntries(
      judgements.map(({ member, score, reason, judgement }) => [member, reason?.code ?? score ?? judgement]),
    ),
  );
}

describe('a member on an encoder', () => {
  it('judges by the rows of its encoder', async () => {
    const { dir } = host({ 'enc-len': encoderPackage('enc-len'), 'texts-a': encodedMember('texts-a', 'enc-len') });
    const suite = await load(dir);
    const verdicts = await suite.judge(examples('abc', 'x'));
    expect(said(verdicts)).toEqual([{ a: 3.5 }, { a: 11.5 }]);
    expect(verdicts.map(({ outcome }) => outcome)).toEqual(['negative', 'positive']);
  });

  it('shares its encoder with all others on it, active and shadow: each text is encoded once', async () => {
    const log = join(host({}).dir, 'log');
    const { dir } = host({
      'enc-len': encoderPackage('enc-len', logged(log)),
      'texts-a': encodedMember('texts-a', 'enc-len'),
      'texts-b': encodedMember('texts-b', 'enc-len', { record: { threshold: 2 } }),
      'texts-cash': memberPackage('texts-cash', contains('cash')),
    });
    const suite = await load(dir, { modes: { b: 'shadow' } });
    const verdicts = await suite.judge(examples('abc', 'x', 'abc'));
    expect(said(verdicts)).toEqual([
      { a: 3.5, b: 3.5, cash: 0 },
      { a: 11.5, b: 11.5, cash: 0 },
      { a: 3.5, b: 3.5, cash: 0 },
    ]);
    expect(readFileSync(log, 'utf8')).toBe('abc\nx\n');
    expect(verdicts[0]?.encoders).toMatchObject([{ encoder: 'enc-len', version: '1.0.0', hits: 0, misses: 2 }]);
  });
});
