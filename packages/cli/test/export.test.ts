import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { clamor, evaluation, type Files, host, suite } from './host.ts';

/** The suite, but bytes are read as windows-1252 a text of "!" counts as another one. */
function bytesSuite(): Files {
  const files = suite();
  const entry = (files['index.js'] as string).replace(
    "const text = typeof input === 'object'",
    "if (input instanceof Uint8Array) return { value: { text: new TextDecoder('windows-1252').decode(input) } };\n" +
      "if (input === '!') return { value: { text: 'another' } };\n const text = typeof input === 'object'",
  );
  return { ...files, 'index.js': entry };
}

/** Splits over the ids a…h, given by their examples: source of [label, input] or [label, input, more fields]. */
function dataset(splits: string, examples: string): Files {
  return {
    ...evaluation(),
    'index.js': `
      const bytes = (...codes) => Uint8Array.from(codes);
      const examples = ${examples};
      const splits = ${splits}.map(([name, roles, ids]) => ({ name, roles, ids: [...ids], description: name }));
      export const evaluation = {
        suite: 'texts', dataset: 'texts@1', splits,
        async *examples(name) {
          for (const id of splits.find((s) => s.name === name).ids) {
            const [label, input, more] = examples[id];
            yield { id, label, input, slices: { a: 'b' }, ...more };
          }
        },
      };`,
  };
}

const plain = { texts: suite(), 'texts-evaluation': evaluation() };

describe('clamor export', () => {
  it('writes the examples of splits as JSON lines, and counts them on stderr', async () => {
    const { exitCode, stdout, stderr } = await clamor(['export', 'texts', '--split', 'fit', '--split', 'valid'], {
      cwd: host(plain),
    });
    expect(exitCode).toBe(0);
    expect(stdout).toBe(
      [
        '{"id":"a","split":"fit","label":1,"input":"buy"}',
        '{"id":"b","split":"fit","label":0,"input":"hello"}',
        '{"id":"c","split":"valid","label":1,"input":"buy \\u001b[2J <b>"}',
        '{"id":"d","split":"valid","label":0,"input":"win"}',
        '',
      ].join('\n'),
    );
    expect(stderr).toBe('fit (fit): 2 examples\nvalid (explore): 2 examples\n');
  });

  it('writes weights and clusters, leaves out and counts what has no label, and says what is measured elsewhere', async () => {
    const examples = "{ a: [1, 'x', { weight: 2, cluster: 'k' }], b: [null, 'y'], c: [0, { text: 'z' }] }";
    const cwd = host({
      texts: suite(),
      'texts-evaluation': dataset("[['fit', ['fit'], 'abc'], ['later', ['test'], 'c']]", examples),
    });
    const { exitCode, stdout, stderr } = await clamor(['export', '--split', 'fit', '--out', 'fit.jsonl'], { cwd });
    expect([exitCode, stdout]).toEqual([0, '']);
    expect(readFileSync(join(cwd, 'fit.jsonl'), 'utf8')).toBe(
      '{"id":"a","split":"fit","label":1,"weight":2,"cluster":"k","input":"x"}\n{"id":"c","split":"fit","label":0,"input":{"text":"z"}}\n',
    );
    expect(stderr).toBe(
      'fit (fit): 2 examples; 1 without a label left out; 1 of them are in later, too: do not measure there what is fitted on them\nwrote fit.jsonl\n',
    );
  });

  it('writes bytes as text where the suite reads the text alike, otherwise in base64', async () => {
    // a: ASCII. b: é in windows-1252, no UTF-8. c: é in UTF-8, which the suite reads as two characters. d: text that the suite turns round.
    const examples = '{ a: [1, bytes(97, 98)], b: [0, bytes(97, 0xe9)], c: [0, bytes(0xc3, 0xa9)], d: [0, bytes(33)] }';
    const cwd = host({
      texts: bytesSuite(),
      'texts-evaluation': dataset("[['fit', ['fit'], 'abcd']]", examples),
    });
    const { stdout } = await clamor(['export', '--split', 'fit'], { cwd });
    expect(stdout.split('\n').map((line) => line.replace(/^.*?"label":.,/, ''))).toEqual([
      '"input":"ab"}',
      '"inputBase64":"Yek="}',
      '"inputBase64":"w6k="}',
      '"inputBase64":"IQ=="}',
      '',
    ]);
  });

  it('writes what members read when it is asked to, and names an input that the suite refuses', async () => {
    const cwd = host({
      texts: suite(),
      'texts-evaluation': dataset(
        "[['fit', ['fit'], 'ab'], ['odd', ['fit'], 'c']]",
        "{ a: [1, 'x'], b: [0, { text: 'y', z: 1 }], c: [1, ''] }",
      ),
    });
    expect((await clamor(['export', '--split', 'fit', '--parsed'], { cwd })).stdout).toBe(
      '{"id":"a","split":"fit","label":1,"example":{"text":"x"}}\n{"id":"b","split":"fit","label":0,"example":{"text":"y"}}\n',
    );
    const { exitCode, stderr } = await clamor(['export', '--split', 'odd', '--parsed'], { cwd });
    expect([exitCode, stderr]).toEqual([65, expect.stringMatching(/\[CLI_INPUT_UNREADABLE\] .*"c"/)]);
  });

  it.each([
    ['a date', 'new Date(0)'],
    ['bytes inside an object', '{ raw: bytes(97) }'],
    ['nothing', 'undefined'],
    ['a number that JSON lacks', 'Number.NaN'],
  ])('refuses an input that JSON has no form for: %s', async (_, input) => {
    const cwd = host({
      texts: suite(),
      'texts-evaluation': dataset("[['fit', ['fit'], 'ab']]", `{ a: [1, 'x'], b: [1, ${input}] }`),
    });
    const { exitCode, stderr } = await clamor(['export', '--split', 'fit', '--out', 'fit.jsonl'], { cwd });
    expect([exitCode, /\[(\w+)\]/.exec(stderr)?.[1], stderr.includes('"b"')]).toEqual([
      65,
      'CLI_EXAMPLE_NOT_JSON',
      true,
    ]);
    expect(existsSync(join(cwd, 'fit.jsonl'))).toBe(false);
  });

  it.each([
    ['a split with the role test', [['held', ['test'], 'a']], 'held'],
    ['a split with the role gate', [['held', ['gate'], 'a']], 'held'],
    ['a split for fitting that is gated on, too', [['held', ['fit', 'gate'], 'a']], 'held'],
    [
      'a split with an example of one that is gated on',
      [
        ['early', ['fit'], 'ab'],
        ['held', ['gate', 'test'], 'bc'],
      ],
      'early',
    ],
  ])('refuses %s, and lets nothing out', async (_, splits, name) => {
    const cwd = host({
      texts: suite(),
      'texts-evaluation': dataset(JSON.stringify(splits), "{ a: [1, 'x'], b: [0, 'y'], c: [0, 'z'] }"),
    });
    const { exitCode, stdout, stderr } = await clamor(['export', '--split', name], { cwd });
    expect([exitCode, stdout, /\[(\w+)\]/.exec(stderr)?.[1]]).toEqual([64, '', 'CLI_SPLIT_HELD_BACK']);
  });

  it('lets a split out that is gated on and may be read', async () => {
    const cwd = host({
      texts: suite(),
      'texts-evaluation': dataset("[['open', ['gate', 'explore'], 'a']]", "{ a: [1, 'x'] }"),
    });
    expect((await clamor(['export', '--split', 'open'], { cwd })).exitCode).toBe(0);
  });

  it('wants splits that there are, that do not overlap, that have labels, and a place to write to', async () => {
    const splits = "[['one', ['fit'], 'ab'], ['two', ['fit'], 'b'], ['none', ['fit'], 'c']]";
    const cwd = host({
      texts: suite(),
      'texts-evaluation': dataset(splits, "{ a: [1, 'x'], b: [0, 'y'], c: [null, 'z'] }"),
    });
    const codes = [];
    for (const args of [
      [],
      ['--split', 'three'],
      ['--split', 'one', '--split', 'two'],
      ['--split', 'none'],
      ['--split', 'one', '--out', 'no/such/folder/a.jsonl'],
    ]) {
      const { exitCode, stderr } = await clamor(['export', ...args], { cwd });
      codes.push([exitCode, /\[(\w+)\]/.exec(stderr)?.[1]]);
    }
    expect(codes).toEqual([
      [64, 'CLI_USAGE'],
      [64, 'STORE_SPLIT_UNKNOWN'],
      [64, 'CLI_USAGE'],
      [65, 'CLI_NO_EXAMPLES'],
      [65, 'CLI_OUTPUT_UNWRITABLE'],
    ]);
  });
});
