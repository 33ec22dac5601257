import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documents, listedCodes, readDocument, runnableBlocks } from '../src/readme.ts';
import { runCommand } from '../src/run-command.ts';
import { workspacePackages } from '../src/workspace.ts';

const blocks = documents().flatMap((file) => runnableBlocks(file, readDocument(file).text));
const packages = workspacePackages().filter(({ root, manifest }) => !root.startsWith('tools/') || !manifest.private);

describe('examples in documents', { tags: ['slow'] }, () => {
  it.each(blocks)('runs $file:$line', ({ file, code }) => {
    const { dir } = readDocument(file);
    const options = [
      '--conditions=@clamor/source',
      '--input-type=module-typescript',
      '--disable-warning=ExperimentalWarning',
    ];
    const { status, output } = runCommand('node', [...options, '--eval', code], dir);
    expect(status, output).toBe(0);
  });
});

describe('READMEs of packages', () => {
  it.each(packages)('$root has one', ({ dir }) => {
    expect(existsSync(join(dir, 'README.md'))).toBe(true);
  });

  it.each(packages.filter(({ dir }) => existsSync(join(dir, 'README.md'))))(
    '$root lists exactly the error codes that the package exports',
    async ({ root, dir }) => {
      expect(listedCodes(readDocument(`${root}/README.md`).text)).toEqual(await exportedCodes(dir));
    },
  );
});

/** The codes of every exported table named X_ERRORS. */
async function exportedCodes(dir: string): Promise<string[]> {
  const entry = (await import(join(dir, 'src/index.ts'))) as { readonly [name: string]: unknown };
  const tables = Object.keys(entry).filter((name) => name.endsWith('_ERRORS'));
  return tables.flatMap((name) => Object.keys(entry[name] as object)).toSorted();
}
