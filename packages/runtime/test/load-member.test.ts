import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { checkMember } from '../src/discovery/check-member.ts';
import { loadMember } from '../src/execution/load-member.ts';
import type { WorkerMember } from '../src/execution/worker-protocol.ts';
import { discover, findSuite } from '../src/index.ts';
import { contentHashes } from '../src/versions/content.ts';
import { type PackageFiles, contains, createHost, memberPackage, suitePackage } from './host-fixture.ts';

const cleanups: (() => unknown)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

/** A member as a worker gets it: found and checked in a host of its own. */
async function checked(files: PackageFiles): Promise<WorkerMember> {
  const host = createHost({ texts: suitePackage(), 'texts-cash': files });
  cleanups.push(() => host.remove());
  const discovery = discover({ from: host.dir });
  const found = discovery.packages.find((one) => one.name === 'cash');
  const check = await checkMember(found!, findSuite(discovery).package);
  if ('faults' in check) throw new Error(JSON.stringify(check.faults));
  return { ...check.member, encoder: null };
}

const problem = (code: string): unknown =>
  expect.objectContaining({ problem: expect.objectContaining({ code }) as unknown });
const ARTIFACT_BYTES = 'the bytes of a graph';
// printf 'the bytes of a graph' | sha256sum
const ARTIFACT = {
  file: 'model.onnx',
  sha256: 'bbd8a1be74c1e8749d586fb60ab2a714346d0a59639e0ea4ec6fab9b5a2ae57d',
  sizeBytes: 20,
};

describe('loadMember', () => {
  it('loads the files that were checked', async () => {
    const loaded = await loadMember(await checked(memberPackage('texts-cash', contains('cash'))));
    expect(loaded).toHaveProperty('score');
    await loaded.close();
  });

  it('loads published packages, which name sources that they do not hold, where the suite runs by sources', async () => {
    const exports = { '.': { '@clamor/source': './src/index.ts', default: './index.js' } };
    const files = memberPackage('texts-cash', contains('cash'));
    const published = {
      ...files,
      'package.json': { ...(files['package.json'] as object), exports },
      'index.js': `import 'texts-words';\n${files['index.js'] as string}`,
      'node_modules/texts-words/package.json': { name: 'texts-words', type: 'module', exports },
      'node_modules/texts-words/index.js': '',
    };
    const loaded = await loadMember(await checked(published));
    expect(loaded).toHaveProperty('score');
    await loaded.close();
    const missing = { ...published, 'index.js': `import 'texts-none';\n${files['index.js'] as string}` };
    await expect(loadMember(await checked(missing))).rejects.toThrowError(problem('MEMBER_IMPORT_FAILED'));
  });

  it('does not run code that was changed after it was checked', async () => {
    const member = await checked(memberPackage('texts-cash', contains('cash')));
    const trace = join(member.dir, '..', 'trace');
    writeFileSync(
      member.entry,
      `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(trace)}, 'ran');`,
    );
    await expect(loadMember(member)).rejects.toThrowError(problem('MEMBER_CONTENT_CHANGED'));
    expect(existsSync(trace)).toBe(false);
  });

  it('refuses a threshold that was changed after it was checked', async () => {
    const member = await checked(memberPackage('texts-cash', contains('cash')));
    appendFileSync(join(member.dir, 'assets', 'record.json'), ' ');
    await expect(loadMember(member)).rejects.toThrowError(problem('MEMBER_CONTENT_CHANGED'));
  });

  it('does not pass off the modules of before for the files of now in a thread that has imported them', async () => {
    const member = await checked(memberPackage('texts-cash', contains('cash')));
    await (await loadMember(member)).close();
    await (await loadMember(member)).close();
    appendFileSync(member.entry, '// another release');
    const next = { ...member, ...(await contentHashes(member)) };
    await expect(loadMember(next)).rejects.toThrowError(problem('MEMBER_CONTENT_CHANGED'));
  });

  it('closes and refuses a member whose files change while it is loaded', async () => {
    const load = `async () => {
      const { appendFileSync } = await import('node:fs');
      appendFileSync(new URL('./assets/record.json', import.meta.url), ' ');
      return { score: () => {}, close: () => appendFileSync(new URL('../closed', import.meta.url), 'once ') };
    }`;
    const member = await checked(memberPackage('texts-cash', load));
    await expect(loadMember(member)).rejects.toThrowError(problem('MEMBER_CONTENT_CHANGED'));
    expect(existsSync(join(member.dir, '..', 'closed'))).toBe(true);
  });

  it('hands no bytes to the engine but those of the record', async () => {
    const member = await checked(
      memberPackage('texts-cash', '', {
        record: { artifact: ARTIFACT, inputs: { x: { kind: 'dense', width: 1 } } },
        files: {
          'assets/model.onnx': ARTIFACT_BYTES,
          'index.js': `
            import { defineOnnxClassifier, dense } from '@clamor/contract';
            export const classifier = defineOnnxClassifier({
              artifact: new URL('./assets/model.onnx', import.meta.url), inputs: { x: dense(1) }, output: 'y', features: () => true,
            });`,
        },
      }),
    );
    writeFileSync(join(member.dir, 'assets', 'model.onnx'), ARTIFACT_BYTES.toUpperCase());
    // Even when nobody notices by the content: the engine gets what was hashed, not what was looked at before.
    const swapped = { ...member, ...(await contentHashes(member)) };
    await expect(loadMember(swapped)).rejects.toThrowError(problem('MEMBER_ARTIFACT_MISMATCH'));
  });
});
