import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { readNpy } from '@clamor/store';
import { describe, expect, it } from 'vitest';

import { clamor, type Files, folder, host, member, plainEncoder, type RunResult, suite } from './host.ts';

/** Rows of the length of a text and how many x it has; it has no row for a text with "bad". */
function encoder(version = '1.0.0'): Files {
  return plainEncoder({
    name: '@acme/encoder-length',
    version,
    code: `const encode = (texts) => {
        console.log('hello from the encoder');
        if (texts.some((text) => text.includes('bad'))) throw new Error('cannot \\u001b[2J');
        return Float32Array.from(texts.flatMap((text) => [text.length, text.split('x').length - 1]));
      };`,
  });
}

/** Runs `clamor encode` in a host with the encoder; the texts are written to texts.jsonl, a line each. */
async function encode(lines: readonly string[], ...args: string[]): Promise<RunResult & { readonly cwd: string }> {
  const cwd = host({ '@acme/encoder-length': encoder() });
  writeFileSync(join(cwd, 'texts.jsonl'), lines.map((line) => `${line}\n`).join(''));
  const all = args.length === 0 ? ['length', '--texts', 'texts.jsonl'] : args;
  return { ...(await clamor(['encode', ...all], { cwd })), cwd };
}

/** A member that depends on the encoder. */
const onEncoder = (name: string): Files => {
  const plain = member(name, name);
  const dependencies = { '@acme/encoder-length': '*' };
  return { ...plain, 'package.json': { ...(plain['package.json'] as object), dependencies } };
};

/** The version of the encoder that is taken in a folder; else what is said. */
const versionIn = async (dir: string, name: string): Promise<unknown> => {
  const { stdout, stderr } = await clamor(['encode', name, '--texts', '-', '--json'], { cwd: dir, stdin: '"x"' });
  return stdout === '' ? stderr : (JSON.parse(stdout) as { encoder: { version: string } }).encoder.version;
};

describe('clamor encode', { tags: ['slow'] }, () => {
  it('writes the rows of the texts as NumPy reads them, in the order of the lines', async () => {
    const file = ['@acme/encoder-length', '--texts', 'texts.jsonl', '--out', 'rows.npy'];
    const { exitCode, stdout, stderr, cwd } = await encode(['"ax"', '', '"\\u00fc"', '"xx\\n"'], ...file);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toBe(`3 rows of 2 by @acme/encoder-length 1.0.0: ${join(cwd, 'rows.npy')}\n`);
    expect(await readNpy(join(cwd, 'rows.npy'))).toEqual({ shape: [3, 2], values: Float32Array.of(2, 1, 1, 0, 3, 2) });
  });

  it('prints a row per line without a file, and nothing of what the encoder prints', async () => {
    const { exitCode, stdout, stderr } = await encode(['"ax"', '""']);
    expect([exitCode, stdout, stderr]).toEqual([0, '[2,1]\n[0,0]\n', '2 rows of 2 by @acme/encoder-length 1.0.0\n']);
  });

  it('reads standard input, and prints a document with --json', async () => {
    const cwd = host({ '@acme/encoder-length': encoder() });
    const { stdout } = await clamor(['encode', 'encoder-length@1.0.0', '--texts', '-', '--json'], {
      cwd,
      stdin: '"x"\n',
    });
    expect(JSON.parse(stdout)).toEqual({
      encoder: {
        package: '@acme/encoder-length',
        version: '1.0.0',
        width: 2,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      texts: 1,
      file: null,
      rows: [[1, 1]],
    });
  });

  it('gives no row when a text has none, and names the line with its code', async () => {
    const file = ['length', '--texts', 'texts.jsonl', '--out', 'rows.npy'];
    const { exitCode, stdout, stderr, cwd } = await encode(['"a"', '', '"bad"'], ...file);
    expect([exitCode, stdout, existsSync(join(cwd, 'rows.npy'))]).toEqual([69, '', false]);
    expect(stderr).toContain('clamor: [ENCODER_FAILED] line 3 of "texts.jsonl": cannot \ufffd[2J\n');
    expect(stderr).toContain('has no row for 1 of 2 texts');
  });

  it.each([
    ['CLI_TEXTS_INVALID', 65, ['"a"', '{ "text": "b" }'], 'Line 2 of "texts.jsonl" is an object'],
    ['CLI_TEXTS_INVALID', 65, ['"a"', '[]'], 'an array'],
    ['CLI_TEXTS_INVALID', 65, ['null'], 'Line 1 of "texts.jsonl" is null'],
    ['CLI_TEXTS_INVALID', 65, ['"a'], 'Line 1 of "texts.jsonl" is not JSON'],
    ['CLI_INPUT_EMPTY', 65, ['', ''], '"texts.jsonl" holds no text'],
  ])('refuses a file with %s', async (code, expected, lines, said) => {
    const { exitCode, stdout, stderr } = await encode(lines);
    expect([exitCode, stdout]).toEqual([expected, '']);
    expect(stderr).toContain(`[${code}] ${said}`.slice(0, code.length + 2));
    expect(stderr).toContain(said);
  });

  it.each([
    ['CLI_ENCODER_UNKNOWN', 64, ['lenght', '--texts', 'texts.jsonl'], 'there are @acme/encoder-length@1.0.0'],
    ['CLI_ENCODER_UNKNOWN', 64, ['length@2.0.0', '--texts', 'texts.jsonl'], 'there are'],
    ['CLI_INPUT_UNREADABLE', 65, ['length', '--texts', 'none.jsonl'], 'none.jsonl'],
    ['CLI_USAGE', 64, ['length', '--texts', 'texts.jsonl', '--out', 'rows.csv'], '.npy'],
    ['CLI_OUTPUT_UNWRITABLE', 65, ['length', '--texts', 'texts.jsonl', '--out', 'none/rows.npy'], 'none/rows.npy'],
  ])('refuses with %s', async (code, expected, args, said) => {
    const { exitCode, stderr } = await encode(['"a"'], ...args);
    expect(exitCode).toBe(expected);
    expect(stderr).toContain(`[${code}]`);
    expect(stderr).toContain(said);
  });

  it('takes in the folder of a member the version that the member imports, and asks which one elsewhere', async () => {
    const old = encoder('0.9.0');
    const nested = Object.fromEntries(
      Object.entries(old).map(([path, content]) => [`node_modules/@acme/encoder-length/${path}`, content]),
    );
    const cwd = host({
      texts: suite(),
      'texts-new': onEncoder('new'),
      'texts-old': { ...onEncoder('old'), ...nested },
      '@acme/encoder-length': encoder(),
    });
    // It is there for the members alone.
    writeFileSync(
      join(cwd, 'package.json'),
      JSON.stringify({
        name: 'host',
        version: '1.0.0',
        dependencies: { texts: '*', 'texts-new': '*', 'texts-old': '*' },
      }),
    );
    expect(await versionIn(join(cwd, 'node_modules/texts-old'), 'length')).toBe('0.9.0');
    expect(await versionIn(join(cwd, 'node_modules/texts-new'), 'length')).toBe('1.0.0');
    expect(await versionIn(cwd, 'length@0.9.0')).toBe('0.9.0');
    expect(await versionIn(cwd, 'length')).toContain('[CLI_ENCODER_AMBIGUOUS]');
  });

  it('takes a folder for an encoder that no package declares', async () => {
    const cwd = host({ '@acme/encoder-length': encoder() });
    writeFileSync(join(cwd, 'package.json'), '{"name":"host","version":"1.0.0"}');
    expect(await versionIn(cwd, 'length')).toContain('[CLI_ENCODER_UNKNOWN]');
    expect(await versionIn(cwd, './node_modules/@acme/encoder-length')).toBe('1.0.0');
    expect(await versionIn(cwd, join(cwd, 'node_modules'))).toContain('[ENCODER_MANIFEST_INVALID]');
  });

  it('keeps rows under the name of the data, and encodes only texts that are new', async () => {
    const cwd = host({ '@acme/encoder-length': encoder() });
    const keep = ['encode', 'length', '--texts', '-', '--keep', 'mails@1'];
    const first = await clamor(keep, { cwd, stdin: '"ax"\n"x"\n"x"\n' });
    expect(first.stderr).toContain('texts for @acme/encoder-length 1.0.0: 0 known, 2 encoded\n');
    const second = await clamor(keep, { cwd, stdin: '"x"\n"bxx"\n"ax"\n' });
    expect(second.stderr).toContain('texts for @acme/encoder-length 1.0.0: 2 known, 1 encoded\n');
    expect(second.stdout).toBe('[1,1]\n[3,2]\n[2,1]\n');
    expect(readdirSync(join(cwd, '.clamor/cache/encoders'))).toHaveLength(3);
  });

  it('says that it must know the texts', async () => {
    const { exitCode, stderr } = await clamor(['encode', 'length'], { cwd: folder() });
    expect([exitCode, stderr]).toEqual([64, expect.stringContaining('--texts')]);
  });
});
