import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SOUND } from '../src/examples.ts';
import { faultTable } from '../src/faults-page.ts';
import { FAULTS } from '../src/faults.ts';
import { MEMBERS_DIR } from '../src/install-host.ts';
import { linkedTests } from '../src/linked-tests.ts';

const WORKSPACE = fileURLToPath(new URL('../../..', import.meta.url));
const FILE = fileURLToPath(new URL('../../../docs/faults.md', import.meta.url));
const page = readFileSync(FILE, 'utf8');

/** A line of a table without the padding that the formatter adds. */
const bare = (line: string): string => line.replaceAll(/\s+/g, ' ').replaceAll(/-+/g, '-');

describe('FAULTS', () => {
  it('has exactly the hostile members that there are', () => {
    const folders = readdirSync(MEMBERS_DIR).filter((name) => name !== 'suite' && !name.startsWith('sound-'));
    expect(FAULTS.map(({ name }) => name).toSorted()).toEqual(folders.toSorted());
  });

  it('stands beside the sound members that there are', () => {
    const folders = readdirSync(MEMBERS_DIR).filter((name) => name.startsWith('sound-') && name !== 'sound-cash-next');
    expect(folders.map((name) => name.slice('sound-'.length)).toSorted()).toEqual(SOUND.toSorted());
  });
});

describe('docs/faults.md', () => {
  it('has the line of every fault, for every isolation', () => {
    const lines = page.split('\n').map(bare);
    for (const line of faultTable()) expect(lines).toContain(bare(line));
  });

  it('names only tests that there are', { tags: ['slow'] }, () => {
    const linked = linkedTests(FILE, page);
    expect(linked.length).toBeGreaterThan(FAULTS.length);
    const titles = listTests([...new Set(linked.map(({ file }) => file))]);
    const missing = linked.filter(
      ({ file, name }) => !titles.some((test) => test.file === file && endsWith(test.name, name)),
    );
    expect(missing).toEqual([]);
  });
});

function endsWith(title: string, name: string): boolean {
  return title === name || title.endsWith(` > ${name}`);
}

/** The tests of files, by the runner itself: many names are made of tables. */
function listTests(files: readonly string[]): { readonly file: string; readonly name: string }[] {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(vite|node_options|node_env)/i.test(name)),
  );
  const { stdout, stderr } = spawnSync('vitest', ['list', ...files, '--no-static-parse', '--json'], {
    cwd: WORKSPACE,
    env,
    encoding: 'utf8',
  });
  if (!stdout.startsWith('[')) throw new Error(`vitest list: ${stdout}${stderr}`);
  return JSON.parse(stdout) as { file: string; name: string }[];
}
