import { existsSync, readdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { clamor, evaluation, type Files, git, host, member, repository, suite } from './host.ts';

const packages = (extra = ''): { [name: string]: Files } => ({
  texts: suite(),
  'texts-buy': member('buy', 'buy'),
  'texts-loan': member('loan', 'loan'),
  'texts-win': member('win', 'win'),
  'texts-evaluation': evaluation(extra),
});
const KEPT = '.clamor/cache/columns/texts/test';

/** What a run printed, and what it said of columns. */
interface Run {
  readonly stdout: string;
  readonly stderr: string;
}

async function evaluate(cwd: string, ...args: string[]): Promise<Run> {
  const { exitCode, stdout, stderr } = await clamor(['evaluate', 'texts', '--split', 'test', '--json', ...args], {
    cwd,
  });
  expect(exitCode).toBe(0);
  return { stdout, stderr };
}

/** The files that were kept of a member, its manifest first. */
function keptOf(cwd: string, name: string): string[] {
  return readdirSync(join(cwd, KEPT))
    .filter((file) => file.startsWith(`${name}-`))
    .map((file) => join(cwd, KEPT, file));
}

describe('cached columns', () => {
  it('are used in the next run, which prints the same', async () => {
    const cwd = host(packages());
    const first = await evaluate(cwd);
    expect(first.stderr).toBe('columns of test: scored buy, loan, win\n');
    const second = await evaluate(cwd);
    expect(second).toEqual({ stdout: first.stdout, stderr: 'columns of test: cached buy, loan, win\n' });
    // One example of the split cannot be read, and stays so.
    expect(JSON.parse(second.stdout)).toMatchObject({ unreadable: 1, suite: { examples: 5 } });
  });

  it('let exactly the member be scored whose file was touched, with the figures of a run without cache', async () => {
    const cwd = host(packages());
    const before = await evaluate(cwd);
    writeFileSync(
      join(cwd, 'node_modules/texts-win/index.js'),
      (member('win', 'lunch')['index.js'] as string).replaceAll('win', 'lunch'),
    );
    const after = await evaluate(cwd);
    expect(after.stderr).toBe('columns of test: cached buy, loan; scored win\n');
    expect(after.stdout).not.toBe(before.stdout);
    expect(await evaluate(cwd, '--no-cache')).toEqual({ stdout: after.stdout, stderr: '' });
  });

  it('are neither used nor kept with --no-cache', async () => {
    const cwd = host(packages());
    await evaluate(cwd, '--no-cache');
    expect(existsSync(join(cwd, '.clamor'))).toBe(false);
  });

  it('are made anew for all when the suite or an input has changed, and not for a label', async () => {
    const cwd = host(packages());
    const [index, source] = ['texts/index.js', 'texts-evaluation/index.js'].map((file) =>
      join(cwd, 'node_modules', file),
    );
    await evaluate(cwd);
    writeFileSync(index!, `${readFileSync(index!, 'utf8')}\n`);
    expect((await evaluate(cwd)).stderr).toBe('columns of test: scored buy, loan, win\n');
    const text = readFileSync(source!, 'utf8');
    // The module of an evaluation is imported once per process, so another file stands for a later run.
    const changed = host(packages());
    renameSync(join(cwd, '.clamor'), join(changed, '.clamor'));
    writeFileSync(
      join(changed, 'node_modules/texts-evaluation/index.js'),
      text.replace("g: ['lunch', 0]", "g: ['lunch', 1]"),
    );
    expect((await evaluate(changed)).stderr).toBe('columns of test: cached buy, loan, win\n');
    const other = host(packages());
    renameSync(join(changed, '.clamor'), join(other, '.clamor'));
    writeFileSync(
      join(other, 'node_modules/texts-evaluation/index.js'),
      text.replace("g: ['lunch', 0]", "g: ['dinner', 0]"),
    );
    expect((await evaluate(other)).stderr).toBe('columns of test: scored buy, loan, win\n');
  });

  it.each([
    ['cut off', (files: string[]) => truncateSync(files[1]!, 100), 'STORE_COLUMN_HASH_MISMATCH'],
    ['torn in its manifest', (files: string[]) => truncateSync(files[0]!, 40), 'STORE_MANIFEST_INVALID'],
    ['without its scores', (files: string[]) => truncateSync(files[1]!, 0), 'STORE_FILE_EMPTY'],
  ])('that are %s are not used, and made anew', async (_, damage, code) => {
    const cwd = host(packages());
    const { stdout } = await evaluate(cwd);
    damage(keptOf(cwd, 'win'));
    const again = await evaluate(cwd);
    expect(again.stdout).toBe(stdout);
    expect(again.stderr).toContain(`clamor: [${code}] the cached column of win is not used: `);
    expect(again.stderr).toContain('columns of test: cached buy, loan; scored win\n');
    expect((await evaluate(cwd)).stderr).toBe('columns of test: cached buy, loan, win\n');
  });

  it('of another member under the name of this one are not used', async () => {
    const cwd = host(packages());
    const { stdout } = await evaluate(cwd);
    const [from, to] = [keptOf(cwd, 'buy'), keptOf(cwd, 'win')];
    for (const [i, file] of from.entries()) renameSync(file, to[i]!);
    const again = await evaluate(cwd);
    expect(again.stdout).toBe(stdout);
    expect(again.stderr).toContain('the cached column of win is not used');
  });

  it('have no place for failures: a member that fails on an example is scored again', async () => {
    const throws = '({ text }) => { if (text === "lunch") throw new Error("no lunch"); return 0; }';
    const cwd = host({ ...packages(), 'texts-shy': member('shy', 'shy', { score: throws }) });
    const first = await evaluate(cwd);
    expect(first.stderr).toBe('columns of test: scored buy, loan, shy, win; not kept shy\n');
    const second = await evaluate(cwd);
    expect(second).toEqual({
      stdout: first.stdout,
      stderr: 'columns of test: cached buy, loan, win; scored shy; not kept shy\n',
    });
  });

  it('ship with an evaluation, for the members that take long', async () => {
    const cwd = host(packages());
    const { stdout } = await evaluate(cwd, '--no-cache');
    await clamor(['score', 'texts', '--split', 'test', '--member', 'win', '--out', 'columns', '--no-cache'], { cwd });
    const clone = host(packages(`cachedColumns: new URL('./columns', import.meta.url).pathname,`));
    renameSync(join(cwd, 'columns'), join(clone, 'node_modules/texts-evaluation/columns'));
    const shipped = { stdout, stderr: 'columns of test: shipped win; scored buy, loan\n' };
    expect(await evaluate(clone)).toEqual(shipped);
    // What is shipped of another version of a file is of no use, and nothing to complain about.
    writeFileSync(join(clone, 'node_modules/texts-win/index.js'), '\n', { flag: 'a' });
    expect((await evaluate(clone)).stderr).toBe('columns of test: cached buy, loan; scored win\n');
  });

  it('are not in git', async () => {
    const cwd = repository(packages());
    await evaluate(cwd);
    expect(existsSync(join(cwd, KEPT))).toBe(true);
    expect(git(cwd, 'status', '--porcelain')).toBe('');
  });

  it('are not kept where nothing can be written, which is said once', async () => {
    const cwd = host(packages());
    writeFileSync(join(cwd, '.clamor'), 'in the way');
    const { stderr } = await evaluate(cwd);
    expect(stderr.match(/columns are not kept in/g)).toHaveLength(1);
    expect(stderr).toContain('columns of test: scored buy, loan, win; not kept buy, loan, win\n');
  });

  it('are not kept of examples that are no plain data', async () => {
    const source = `async *examples(name) {
      for (const id of splits.find((s) => s.name === name).ids) {
        yield { id, label: texts[id][1], input: { text: texts[id][0], seen: new Map() } };
      }
    },`;
    const cwd = host(packages(source));
    expect((await evaluate(cwd)).stderr).toBe('columns of test are not cached: its examples are no plain data\n');
    expect(existsSync(join(cwd, KEPT))).toBe(false);
  });

  it('are refused when the dataset gives other examples the second time', async () => {
    const source = `async *examples(name) {
      globalThis.reads = (globalThis.reads ?? 0) + 1;
      for (const id of splits.find((s) => s.name === name).ids) yield { id, label: 1, input: 'text ' + globalThis.reads };
    },`;
    const { exitCode, stderr } = await clamor(['evaluate', 'texts', '--split', 'test'], {
      cwd: host(packages(source)),
    });
    expect([exitCode, stderr]).toEqual([65, expect.stringContaining('[CLI_EXAMPLES_CHANGED]')]);
  });

  it('serve gate, advise and tune too', async () => {
    const cwd = host(packages(`evidenceLog: new URL('./log', import.meta.url).pathname,`));
    await evaluate(cwd);
    const gate = await clamor(['gate', 'win', '--split', 'test', '--json'], { cwd });
    expect(gate.stderr).toBe('columns of test: cached buy, loan, win\n');
    const advice = await clamor(['advise', 'texts', '--json'], { cwd });
    expect(advice.stderr).toBe('columns of valid: scored buy, loan, win\n');
    const tuned = await clamor(['tune', 'win', '--json'], { cwd });
    expect(tuned.stderr).toBe('columns of valid: cached buy, loan, win\n');
  });
});

describe('a member in shadow', () => {
  const shadowed = { ...packages(), 'texts-win': member('win', 'win', { marker: { mode: 'shadow' } }) };

  it('is neither scored nor measured, and that is said', async () => {
    const { stdout, stderr } = await evaluate(host(shadowed));
    expect(stderr).toBe('columns of test: scored buy, loan\n');
    const document = JSON.parse(stdout) as { readonly members: { readonly name: string }[]; readonly marks: string[] };
    expect(document.members.map(({ name }) => name)).toEqual(['buy', 'loan']);
    expect(document.marks).toEqual(['win is in shadow and not measured']);
  });

  it('can be gated, as it would count', async () => {
    const evidence = { 'texts-evaluation': evaluation(`evidenceLog: new URL('./log', import.meta.url).pathname,`) };
    const inShadow = await clamor(['gate', 'win', '--split', 'test', '--json'], {
      cwd: host({ ...shadowed, ...evidence }),
    });
    const counting = await clamor(['gate', 'win', '--split', 'test', '--json'], {
      cwd: host({ ...packages(), ...evidence }),
    });
    expect(inShadow.stderr).toBe('columns of test: scored buy, loan, win\n');
    // The only texts with "win" alone are one true positive of test: too little for either.
    expect([inShadow.exitCode, counting.exitCode]).toEqual([2, 2]);
    const [alone, beside] = [inShadow, counting].map(({ stdout }) => comparable(stdout));
    expect(alone).toEqual(beside);
  });
});

/** A document without times, and without the suite version, which knows of the mode that a member ships in. */
function comparable(json: string): unknown {
  return JSON.parse(json, (field, value: unknown) => (/[vV]ersion$|^msPerExample$/.test(field) ? undefined : value));
}
