import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type EncodeTextsOptions, encodeTexts, findEncoders } from '../src/index.ts';
import { encodedMember, encoderHost, encoderPackage, logged } from './encoder-fixture.ts';
import { type HostFixture, type PackageFiles, createHost, install } from './host-fixture.ts';

let host: HostFixture | undefined;
afterEach(() => host?.remove());

/** Encodes by an encoder that is installed for this call. */
function encode(
  encoder: PackageFiles,
  texts: readonly string[],
  options: Omit<EncodeTextsOptions, 'dir'> = {},
): ReturnType<typeof encodeTexts> {
  host = createHost({ 'enc-a': encoder });
  return encodeTexts(texts, { dir: join(host.dir, 'node_modules/enc-a'), workers: 1, ...options });
}

describe('encodeTexts', { tags: ['slow'] }, () => {
  it('gives a row per text in the order of the texts, and says which encoder gave them', async () => {
    const { encoder, rows, reasons } = await encode(encoderPackage('enc-a'), ['axx', '', 'x', 'axx']);
    expect([...rows]).toEqual([3, 2, 0, 0, 1, 1, 3, 2]);
    expect(reasons.size).toBe(0);
    expect(encoder).toEqual({
      package: 'enc-a',
      version: '1.0.0',
      width: 2,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('encodes many texts in several processes, each distinct text once', async () => {
    const file = join(createHostFolder(), 'log');
    const texts = Array.from({ length: 200 }, (_, i) => 'x'.repeat(i % 100));
    const done: number[] = [];
    const { rows } = await encode(encoderPackage('enc-a', logged(file)), texts, {
      workers: 2,
      onProgress: (count) => void done.push(count),
    });
    expect([...rows]).toEqual(texts.flatMap(({ length }) => [length, length]));
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(101);
    expect(done.at(-1)).toBe(200);
    expect(done).toHaveLength(4);
  });

  it('gives no rows for no texts, without running the encoder', async () => {
    const { rows, encoder } = await encode(encoderPackage('enc-a', 'process.exit(7)'), []);
    expect([rows.length, encoder.width]).toEqual([0, 2]);
  });

  it('has the reason of a text that fails alone, at each of its places', async () => {
    const throws = `(texts) => { if (texts.includes('bad')) throw new Error('no'); return rowsOf(texts, () => [1, 2]); }`;
    const { rows, reasons } = await encode(encoderPackage('enc-a', throws), ['bad', 'good', 'bad']);
    expect([...rows]).toEqual([0, 0, 1, 2, 0, 0]);
    expect([...reasons].map(([i, { code }]) => [i, code])).toEqual([
      [0, 'ENCODER_FAILED'],
      [2, 'ENCODER_FAILED'],
    ]);
  });

  it.each([
    ['ENCODER_CRASHED', encoderPackage('enc-a', '() => process.exit(7)')],
    ['ENCODER_CRASHED', encoderPackage('enc-a', '() => process.abort()')],
    ['ENCODER_DEADLINE', encoderPackage('enc-a', '() => { for (;;); }')],
    ['ENCODER_LOAD_FAILED', encoderPackage('enc-a', undefined, loading("throw new Error('no');"))],
    [
      'ENCODER_LOAD_TIMEOUT',
      encoderPackage('enc-a', undefined, loading('await new Promise(() => setTimeout(() => {}, 1e6));')),
    ],
    ['ENCODER_DEFINITION_INVALID', encoderPackage('enc-a', undefined, { record: { width: 3 } })],
    ['ENCODER_RECORD_INVALID', encoderPackage('enc-a', undefined, { record: { width: 'wide' } })],
    ['ENCODER_IMPORT_FAILED', encoderPackage('enc-a', undefined, { files: { 'index.js': 'throw 1;' } })],
  ])('rejects with %s', async (code, encoder) => {
    const encoding = encode(encoder, ['a'], { deadlineMs: 500, loadDeadlineMs: 3000 });
    await expect(encoding).rejects.toMatchObject({ code });
    await expect(encoding).rejects.toThrow(/; wanted /);
  });

  it('takes no message of the encoder for an answer', async () => {
    const fakes = `(texts) => {
      for (const sent of [null, 7, { kind: 'rows' }, { kind: 'rows', rows: [1, 2], reasons: [] }]) process.send?.(sent);
      return rowsOf(texts, () => [1, 2]);
    }`;
    expect([...(await encode(encoderPackage('enc-a', fakes), ['a'])).rows]).toEqual([1, 2]);
  });

  it('ends with the reason of a signal', async () => {
    const controller = new AbortController();
    const encoding = encode(encoderPackage('enc-a', '() => { for (;;); }'), ['a'], { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), 200);
    await expect(encoding).rejects.toThrow('enough');
  });

  it('runs sources when the process was started with their condition', () => {
    host = createHost({
      'enc-a': {
        ...encoderPackage('enc-a', undefined, {
          manifest: { exports: { '.': { 'acme-source': './source.js', default: './index.js' } } },
        }),
        'source.js': encoderPackage('enc-a', '(texts) => rowsOf(texts, () => [8, 9])')['index.js']!,
      },
    });
    const program = `
      import { encodeTexts } from ${JSON.stringify(import.meta.resolve('../src/index.ts'))};
      const { rows } = await encodeTexts(['a'], { dir: ${JSON.stringify(join(host.dir, 'node_modules/enc-a'))} });
      console.log(JSON.stringify([...rows]));`;
    const run = (...conditions: string[]): string => {
      const args = [...conditions, '--conditions=@clamor/source', '--input-type=module', '--eval', program];
      return execFileSync(process.execPath, args, { encoding: 'utf8', cwd: import.meta.dirname });
    };
    expect(run('--conditions=acme-source')).toBe('[8,9]\n');
    expect(run()).toBe('[1,0]\n');
  });
});

const onCleanup: HostFixture[] = [];
afterEach(() => onCleanup.splice(0).forEach((each) => each.remove()));

function createHostFolder(): string {
  const folder = createHost({});
  onCleanup.push(folder);
  return folder.dir;
}

function loading(statement: string): { readonly files: PackageFiles } {
  return {
    files: {
      'index.js': `
        import { defineEncoder } from '@clamor/contract';
        export const encoder = defineEncoder({ width: 2, async load() { ${statement} } });`,
    },
  };
}

describe('findEncoders', () => {
  it('finds those that members depend on and those that are declared, and who reads them', () => {
    host = encoderHost({
      'enc-a': encoderPackage('enc-a'),
      'texts-one': encodedMember('texts-one', 'enc-a'),
      'texts-two': encodedMember('texts-two', 'enc-a'),
    });
    const dir = join(realpathSync(host.dir), 'node_modules/enc-a');
    const members = ['one 0.1.0', 'two 0.1.0'];
    expect(findEncoders(host.dir)).toEqual([{ package: 'enc-a', version: '1.0.0', dir, isDeclared: false, members }]);
    host.remove();
    host = createHost({ 'enc-a': encoderPackage('enc-a') });
    expect(findEncoders(host.dir)).toMatchObject([{ package: 'enc-a', isDeclared: true, members: [] }]);
  });

  it('tells two versions of one encoder apart, and gives from the folder of a member the one that the member imports', () => {
    host = encoderHost({ 'enc-a': encoderPackage('enc-a'), 'texts-one': encodedMember('texts-one', 'enc-a') });
    const old = encoderPackage('enc-a', undefined, { manifest: { version: '0.9.0' } });
    install(host, 'texts-one/node_modules/enc-a', old);
    install(host, 'texts-two', encodedMember('texts-two', 'enc-a'));
    expect(findEncoders(host.dir).map(({ version, members }) => [version, members])).toEqual([
      ['0.9.0', ['one 0.1.0']],
    ]);
    const ofMember = (name: string): string[] =>
      findEncoders(join(host!.dir, 'node_modules', name)).map(({ version }) => version);
    expect([ofMember('texts-one'), ofMember('texts-two')]).toEqual([['0.9.0'], ['1.0.0']]);
  });
});
