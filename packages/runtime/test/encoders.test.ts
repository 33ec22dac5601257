import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type LoadSuiteOptions, type RunningSuite, type Verdict, loadSuite } from '../src/index.ts';
import { encodedMember, encoderHost, encoderPackage, logged } from './encoder-fixture.ts';
import { type HostFixture, type PackageFiles, contains, install, memberPackage } from './host-fixture.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

function host(packages: { readonly [name: string]: PackageFiles }): HostFixture {
  const created = encoderHost(packages);
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

/** An encoder that logs what it encodes, and a way to read that. */
function loggedEncoder(name: string): { readonly files: PackageFiles; readonly log: () => string[] } {
  const file = join(host({}).dir, 'log');
  writeFileSync(file, '');
  return { files: encoderPackage(name, logged(file)), log: () => readFileSync(file, 'utf8').split('\n').slice(0, -1) };
}

/** SHA-256 of texts, one after the other. */
function keysOf(...texts: string[]): Uint8Array {
  return Uint8Array.from(texts.flatMap((text) => [...createHash('sha256').update(text).digest()]));
}

function graphBytes(name: string): Buffer {
  return readFileSync(new URL(`../../onnx/test/fixtures/${name}`, import.meta.url));
}

function fileRecord(file: string, content: Buffer): object {
  return { file, sha256: createHash('sha256').update(content).digest('hex'), sizeBytes: content.byteLength };
}

describe('an encoder that is data', () => {
  it('runs on the engine: the mean of the ids of the tokens is 4.5, a row has that and 1', async () => {
    const [graph, tokenizer] = [graphBytes('encoder.onnx'), graphBytes('tokenizer.json')];
    const data = { maxTokens: 8, maxCharacters: 100, output: 'embedding' };
    const files = {
      'assets/model.onnx': graph,
      'assets/tokenizer.json': tokenizer,
      'index.js': `
        import { defineOnnxEncoder } from '@clamor/contract';
        const asset = (name) => new URL('./assets/' + name, import.meta.url);
        const files = { artifact: asset('model.onnx'), tokenizer: asset('tokenizer.json') };
        export const encoder = defineOnnxEncoder({ ...files, width: 2, ...${JSON.stringify(data)} });`,
    };
    const { dir } = host({
      'enc-data': encoderPackage('enc-data', undefined, {
        record: {
          ...data,
          artifact: fileRecord('model.onnx', graph),
          tokenizer: fileRecord('tokenizer.json', tokenizer),
        },
        files,
      }),
      'texts-a': encodedMember('texts-a', 'enc-data'),
    });
    const suite = await load(dir);
    expect(said(await suite.judge(examples('Hello worlds!', '?')))).toEqual([{ a: 15 }, { a: 12.5 }]);
  });
});

describe('two versions of an encoder', () => {
  it('live side by side, each for the members that depend on it', async () => {
    const { dir } = host({
      'enc-len': encoderPackage('enc-len'),
      'texts-a': encodedMember('texts-a', 'enc-len'),
      'texts-b': encodedMember('texts-b', 'enc-len', { range: '^2.0.0' }),
      'texts-b/node_modules/enc-len': encoderPackage('enc-len', '(texts) => rowsOf(texts, () => [100, 0])', {
        manifest: { version: '2.0.0' },
      }),
    });
    const suite = await load(dir);
    const [verdict] = await suite.judge(examples('abc'));
    expect(said(verdict === undefined ? [] : [verdict])).toEqual([{ a: 3.5, b: 100.5 }]);
    expect(verdict?.encoders?.map(({ version }) => version)).toEqual(['1.0.0', '2.0.0']);
    expect(suite.encoders.map(({ version, members }) => [version, members[0]?.member])).toEqual([
      ['1.0.0', 'a'],
      ['2.0.0', 'b'],
    ]);
  });
});

describe('what an encoder gave', () => {
  it('is remembered by text: hits and misses stand in the verdict and in the status', async () => {
    const { files, log } = loggedEncoder('enc-len');
    const { dir } = host({ 'enc-len': files, 'texts-a': encodedMember('texts-a', 'enc-len') });
    const suite = await load(dir);
    await suite.judge(examples('a', 'bc'));
    const [verdict] = await suite.judge(examples('bc', 'd', 'bc'));
    expect(log()).toEqual(['a', 'bc', 'd']);
    expect(verdict?.encoders).toMatchObject([{ hits: 1, misses: 1 }]);
    expect(suite.status().encoders).toMatchObject([{ encoder: 'enc-len', hits: 1, misses: 3, failed: {} }]);
  });

  it('is not remembered where there is no room', async () => {
    const { files, log } = loggedEncoder('enc-len');
    const { dir } = host({ 'enc-len': files, 'texts-a': encodedMember('texts-a', 'enc-len') });
    const suite = await load(dir, { encoderCacheMb: 0 });
    for (let i = 0; i < 2; i++) await suite.judge(examples('a'));
    expect(log()).toEqual(['a', 'a']);
  });

  it('is not mixed up between texts that are not well formed, whose UTF-8 is the same', async () => {
    const encode = '(texts) => rowsOf(texts, (text) => [text.codePointAt(0), 0])';
    const { dir } = host({
      'enc-len': encoderPackage('enc-len', encode),
      'texts-a': encodedMember('texts-a', 'enc-len'),
    });
    const suite = await load(dir);
    const texts = ['\ufffd', '\ud800', '\udfff', '\ud800'];
    const scores = [];
    for (const text of texts) scores.push(said(await suite.judge(examples(text)))[0]?.['a']);
    expect(scores).toEqual(texts.map((text) => (text.codePointAt(0) ?? 0) + 0.5));
  });

  it('comes from a source where that knows it, and what is new goes there', async () => {
    const { files, log } = loggedEncoder('enc-len');
    const { dir } = host({ 'enc-len': files, 'texts-a': encodedMember('texts-a', 'enc-len') });
    const asked: string[] = [];
    const added: { hash: string; keys: Uint8Array; rows: Float32Array }[] = [];
    const suite = await load(dir, {
      encodings: {
        known: (hash) => {
          asked.push(hash);
          return { keys: keysOf('b', 'a', 'c'), rows: Float32Array.of(2, 0, 1, 0, 3, 0) };
        },
        add: (hash, { keys, rows }) => void added.push({ hash, keys, rows }),
      },
    });
    const table = await suite.score(examples('a', 'new', 'b', 'c'));
    expect([...(table.columns.get('a')?.scores ?? [])]).toEqual([1.5, 3.5, 2.5, 3.5]);
    expect(log()).toEqual(['new']);
    const [hash] = suite.encoders.map((encoder) => encoder.hash);
    expect(asked).toEqual([hash]);
    expect(added).toEqual([{ hash, keys: keysOf('new'), rows: Float32Array.of(3, 0) }]);
    expect(suite.status().encoders).toMatchObject([{ hits: 3, misses: 1 }]);
  });

  it('is refused from a source whose keys and rows do not belong together', async () => {
    const { dir } = host({ 'enc-len': encoderPackage('enc-len'), 'texts-a': encodedMember('texts-a', 'enc-len') });
    const encodings = { known: () => ({ keys: keysOf('a'), rows: new Float32Array(3) }), add: () => {} };
    await expect(load(dir, { encodings })).rejects.toThrowError(
      expect.objectContaining({ code: 'SUITE_ENCODINGS_INVALID' }),
    );
  });
});

describe('a suite with encoders', () => {
  it.each(['inline', 'process'] as const)('judges the same where its members run %s', async (isolation) => {
    const { dir } = host({ 'enc-len': encoderPackage('enc-len'), 'texts-a': encodedMember('texts-a', 'enc-len') });
    const known = { keys: keysOf('x'), rows: Float32Array.of(1, 1) };
    const suite = await load(dir, { isolation, deadlineMs: 10_000, encodings: { known: () => known, add: () => {} } });
    expect(said(await suite.judge(examples('abc', 'x')))).toEqual([{ a: 3.5 }, { a: 11.5 }]);
  });

  it('goes over to another encoder with a reload, and remembers nothing of the old one', async () => {
    const created = host({ 'enc-len': encoderPackage('enc-len'), 'texts-a': encodedMember('texts-a', 'enc-len') });
    const suite = await load(created.dir);
    const before = suite.suiteVersion;
    expect(said(await suite.judge(examples('abc')))).toEqual([{ a: 3.5 }]);
    install(created, 'enc-len', encoderPackage('enc-len', '(texts) => rowsOf(texts, () => [7, 0])'));
    await suite.reload();
    expect(said(await suite.judge(examples('abc')))).toEqual([{ a: 7.5 }]);
    expect(suite.suiteVersion).not.toBe(before);
    install(created, 'enc-len', encoderPackage('enc-len'));
    await suite.reload();
    expect(suite.suiteVersion).toBe(before);
    expect(said(await suite.judge(examples('abc')))).toEqual([{ a: 3.5 }]);
  });

  it('refuses a reload whose encoder is broken, and goes on as it was', async () => {
    const created = host({ 'enc-len': encoderPackage('enc-len'), 'texts-a': encodedMember('texts-a', 'enc-len') });
    const suite = await load(created.dir);
    install(created, 'enc-len', encoderPackage('enc-len', undefined, { record: { width: 3 } }));
    await expect(suite.reload()).rejects.toThrowError(expect.objectContaining({ code: 'SUITE_FAULTY' }));
    expect(said(await suite.judge(examples('abc')))).toEqual([{ a: 3.5 }]);
  });

  it('tries the samples of its members through the encoder', async () => {
    const samples = [{ key: 's', input: 'abc', score: 3.5 }];
    const broken = encoderPackage('enc-broken', `() => { throw new Error('no') }`);
    const { dir } = host({
      'enc-len': encoderPackage('enc-len'),
      'enc-broken': broken,
      'texts-a': encodedMember('texts-a', 'enc-len', { samples }),
      'texts-b': encodedMember('texts-b', 'enc-len', { samples: [{ ...samples[0], score: 4 }] }),
      'texts-c': encodedMember('texts-c', 'enc-broken', { samples }),
    });
    const suite = await load(dir, { onFault: 'degrade' });
    expect(suite.faults.map((fault) => [fault.package, fault.code])).toEqual([
      ['texts-b', 'MEMBER_SAMPLES_MISMATCH'],
      ['texts-c', 'ENCODER_FAILED'],
    ]);
  });

  it('refuses a member whose input comes from another encoder than its record says', async () => {
    const { dir } = host({
      'enc-len': encoderPackage('enc-len'),
      'enc-other': encoderPackage('enc-other'),
      'texts-a': encodedMember('texts-a', 'enc-other', {
        manifest: { dependencies: { 'enc-len': '*', 'enc-other': '*' } },
        record: { encoder: 'enc-len' },
      }),
    });
    await expect(load(dir)).rejects.toThrowError(
      expect.objectContaining({ faults: [expect.objectContaining({ code: 'MEMBER_SHAPE_INVALID' })] }),
    );
  });

  it('lets a member abstain on the examples that have no text for its encoder', async () => {
    const { dir } = host({
      'enc-len': encoderPackage('enc-len'),
      'texts-a': encodedMember('texts-a', 'enc-len', {
        text: `({ text }) => (text === 'none' ? null : text)`,
        record: { abstains: true },
      }),
    });
    expect(said(await (await load(dir)).judge(examples('none', 'ab')))).toEqual([{ a: 'abstained' }, { a: 2.5 }]);
  });

  it('runs an encoder once where the first positive ends the asking, too', async () => {
    const { files, log } = loggedEncoder('enc-len');
    const { dir } = host({
      'enc-len': files,
      'texts-a': encodedMember('texts-a', 'enc-len'),
      'texts-b': encodedMember('texts-b', 'enc-len'),
      'texts-cash': memberPackage('texts-cash', contains('cash')),
    });
    const suite = await load(dir, { encoderCacheMb: 0 });
    const verdicts = await suite.judge(examples('cash', 'x', 'abc'), { mode: 'first', fullShare: 0 });
    expect(verdicts.map(({ outcome }) => outcome)).toEqual(['positive', 'positive', 'negative']);
    expect(log().toSorted()).toEqual([...new Set(log())].toSorted());
  });
});
