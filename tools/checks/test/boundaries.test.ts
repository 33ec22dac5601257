import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ScratchWorkspace, createScratchWorkspace } from '../src/scratch-workspace.ts';

const CHECK = ['tools/nx-plugin/bin/clamor-workspace.js', 'boundaries'];

describe('check-boundaries', { tags: ['slow'] }, () => {
  let scratch: ScratchWorkspace;
  beforeAll(() => {
    scratch = createScratchWorkspace();
  });
  afterAll(() => scratch.dispose());

  function plant(path: string, text: string): ReturnType<ScratchWorkspace['run']> {
    scratch.write(path, text);
    const result = scratch.run('node', ...CHECK);
    scratch.remove(path);
    return result;
  }

  it('passes on the workspace as it is', () => {
    const { status, output } = scratch.run('node', ...CHECK);
    expect(output).toContain('0 faults');
    expect(status).toBe(0);
  });

  it('reports a static import of a sibling member, which no package.json declares', () => {
    const { status, output } = plant('models/spam/words/src/planted.ts', "import '@clamor/spam-urls';\n");
    expect(output).toContain('@clamor/spam-words (member) imports @clamor/spam-urls (member)');
    expect(status).toBe(1);
  });

  it('reports a dynamic import', () => {
    const { status, output } = plant(
      'packages/evaluation/src/planted.ts',
      "await import('@clamor/onnx');\nexport {};\n",
    );
    expect(output).toContain('@clamor/evaluation (evaluation) imports @clamor/onnx (onnx); allowed: contract.');
    expect(status).toBe(1);
  });

  it('reports a relative import', () => {
    const { status, output } = plant(
      'packages/contract/src/planted.ts',
      "export * from '../../runtime/src/index.ts';\n",
    );
    expect(output).toContain('@clamor/contract (contract) imports @clamor/runtime (runtime); allowed: nothing.');
    expect(status).toBe(1);
  });

  it('reports an import of types alone', () => {
    const { status, output } = plant(
      'packages/onnx/src/planted.ts',
      "import type { Mail } from '@clamor/spam';\nexport type M = Mail;\n",
    );
    expect(output).toContain('@clamor/onnx (onnx) imports @clamor/spam (suite); allowed: contract.');
    expect(status).toBe(1);
  });

  it('reports a dependency that a package.json declares and no file imports', () => {
    const path = join(scratch.dir, 'models/spam/words/package.json');
    const before = readFileSync(path, 'utf8');
    const manifest = { ...(JSON.parse(before) as object), dependencies: { '@clamor/spam-urls': '^0.1.0' } };
    scratch.write('models/spam/words/package.json', manifest);
    const { status, output } = scratch.run('node', ...CHECK);
    scratch.write('models/spam/words/package.json', before);
    expect(output).toContain('@clamor/spam-words (member) imports @clamor/spam-urls (member)');
    expect(status).toBe(1);
  });

  it('reports a package without a place on the map', () => {
    const { status, output } = plant('packages/helpers/package.json', '{ "name": "@clamor/helpers" }');
    expect(output).toContain('@clamor/helpers (packages/helpers) has no layer');
    expect(status).toBe(1);
  });

  it.each([
    [
      'packages/evaluation/src/planted.ts',
      "export { loadSuite } from '@clamor/runtime';",
      'evaluation may import contract.',
    ],
    ['packages/contract/src/planted.ts', "export * from '../../runtime/src/index.ts';", 'goes around the boundaries'],
    [
      'models/spam/words/src/planted.ts',
      "export { classifier } from '@clamor/spam-urls';",
      'imports the contract, its suite',
    ],
    [
      'models/spam/words/src/planted.ts',
      "export { classifier } from '../../urls/src/index.ts';",
      'goes around the boundaries',
    ],
    [
      'models/spam/words/src/planted.ts',
      "export { evaluation } from '@clamor/spam-evaluation';",
      'imports the contract, its suite',
    ],
    [
      'models/spam/suite/src/planted.ts',
      "export { classifier } from '@clamor/spam-urls';",
      'imports the contract, its suite',
    ],
    [
      'models/spam/words/src/planted.ts',
      "export { loadSuite } from '@clamor/runtime';",
      'imports the contract, its suite',
    ],
  ])('shows in an editor, by oxlint, %s: %s', (path, text, message) => {
    scratch.write(path, `${text}\n`);
    const { status, output } = scratch.run('oxlint', path);
    scratch.remove(path);
    expect(output.replaceAll(/\s+/g, ' ')).toContain(message);
    expect(status).toBe(1);
  });
});
