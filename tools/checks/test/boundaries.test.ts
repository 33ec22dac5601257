import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ScratchWorkspace, createScratchWorkspace } from '../src/scratch-workspace.ts';

const CHECK = ['tools/nx-plugin/bin/clamor-workspace.js', 'boundaries'];

/** What is planted, one fault per package so that each can be told, and what is said of it. */
const CROSSED = {
  'a static import of a sibling member, which no package.json declares': [
    'models/spam/words/src/planted.ts',
    "import '@clamor/spam-urls';",
    '@clamor/spam-words (member) imports @clamor/spam-urls (member)',
  ],
  'a dynamic import': [
    'packages/evaluation/src/planted.ts',
    "await import('@clamor/onnx');\nexport {};",
    '@clamor/evaluation (evaluation) imports @clamor/onnx (onnx); allowed: contract.',
  ],
  'a relative import': [
    'packages/contract/src/planted.ts',
    "export * from '../../runtime/src/index.ts';",
    '@clamor/contract (contract) imports @clamor/runtime (runtime); allowed: nothing.',
  ],
  'an import of types alone': [
    'packages/onnx/src/planted.ts',
    "import type { Mail } from '@clamor/spam';\nexport type M = Mail;",
    '@clamor/onnx (onnx) imports @clamor/spam (suite); allowed: contract.',
  ],
  'a type that is imported in place': [
    'models/spam/headers/src/planted.ts',
    "export type Sibling = typeof import('@clamor/spam-urls').classifier;",
    '@clamor/spam-headers (member) imports @clamor/spam-urls (member)',
  ],
  'a package without a place on the map': [
    'packages/helpers/package.json',
    '{ "name": "@clamor/helpers" }',
    '@clamor/helpers (packages/helpers) has no layer',
  ],
} as const;

const DECLARED = '@clamor/spam-structure (member) imports @clamor/spam-urls (member)';

const OF_MODELS = 'imports the contract, its suite';
const AROUND = 'goes around the boundaries';

/** What an editor is to show: folder, line, message. */
const SHOWN = [
  ['packages/evaluation', "export { loadSuite } from '@clamor/runtime';", 'evaluation may import contract.'],
  ['packages/evaluation', "export const engine = await import('@clamor/onnx');", 'evaluation may import contract.'],
  ['packages/contract', "export * from '../../runtime/src/index.ts';", AROUND],
  ['models/spam/words', "export { classifier } from '@clamor/spam-urls';", OF_MODELS],
  ['models/spam/words', "export const sibling = await import('@clamor/spam-urls');", OF_MODELS],
  ['models/spam/words', "export { classifier } from '../../urls/src/index.ts';", AROUND],
  ['models/spam/words', "export const sibling = await import('../../urls/src/index.ts');", AROUND],
  ['models/spam/words', "export { evaluation } from '@clamor/spam-evaluation';", OF_MODELS],
  ['models/spam/words', "export { loadSuite } from '@clamor/runtime';", OF_MODELS],
  [
    'models/spam/words',
    "export type Sibling = typeof import('@clamor/spam-urls').classifier;",
    '`import()` type annotations are forbidden',
  ],
  ['models/spam/suite', "export { classifier } from '@clamor/spam-urls';", OF_MODELS],
] as const;

interface Diagnostic {
  readonly filename: string;
  readonly message: string;
  readonly help?: string;
}

// Each graph takes seconds: all faults are planted at once.
describe('check-boundaries', { tags: ['slow'] }, () => {
  let scratch: ScratchWorkspace;
  let sound: ReturnType<ScratchWorkspace['run']>;
  let crossed: ReturnType<ScratchWorkspace['run']>;
  beforeAll(() => {
    scratch = createScratchWorkspace();
    sound = scratch.run('node', ...CHECK);
    for (const [path, text] of Object.values(CROSSED)) scratch.write(path, `${text}\n`);
    const restore = declareSibling(scratch);
    crossed = scratch.run('node', ...CHECK);
    for (const [path] of Object.values(CROSSED)) scratch.remove(path);
    restore();
  }, 300_000);
  afterAll(() => scratch.dispose());

  it('passes on the workspace as it is', () => {
    expect(sound.output).toContain('0 faults');
    expect(sound.status).toBe(0);
  });

  it.each(Object.entries(CROSSED))('reports %s', (_, [, , said]) => {
    expect(crossed.output).toContain(said);
  });

  it('reports a dependency that a package.json declares and no file imports', () => {
    expect(crossed.output).toContain(DECLARED);
  });

  it('reports nothing else, and fails', () => {
    expect(crossed.output).toContain(`${Object.keys(CROSSED).length + 1} faults`);
    expect(crossed.status).toBe(1);
  });
});

describe('oxlint, which editors run', { tags: ['slow'] }, () => {
  let scratch: ScratchWorkspace;
  let diagnostics: readonly Diagnostic[];
  beforeAll(() => {
    scratch = createScratchWorkspace();
    for (const [i, [folder, line]] of SHOWN.entries()) scratch.write(`${folder}/src/planted-${i}.ts`, `${line}\n`);
    scratch.write('models/spam/words/src/planted-sound.ts', "export const sound = await import('@clamor/contract');\n");
    const files = [
      ...SHOWN.map(([folder], i) => `${folder}/src/planted-${i}.ts`),
      'models/spam/words/src/planted-sound.ts',
    ];
    const { stdout } = scratch.run('oxlint', '--format=json', ...files);
    ({ diagnostics } = JSON.parse(stdout) as { readonly diagnostics: readonly Diagnostic[] });
  }, 120_000);
  afterAll(() => scratch.dispose());

  it.each(SHOWN.map(([folder, line, said], i) => ({ folder, line, said, i })))(
    'shows in $folder: $line',
    ({ said, i }) => {
      const found = diagnostics.filter(({ filename }) => filename.endsWith(`/planted-${i}.ts`));
      expect(found.map(({ message, help = '' }) => `${message} ${help}`).join('\n')).toContain(said);
    },
  );

  it('shows nothing of an import that is allowed', () => {
    expect(diagnostics.filter(({ filename }) => filename.endsWith('/planted-sound.ts'))).toEqual([]);
  });
});

/** Lets a member declare a sibling; the answer takes it back. */
function declareSibling(scratch: ScratchWorkspace): () => void {
  const path = 'models/spam/structure/package.json';
  const before = readFileSync(join(scratch.dir, path), 'utf8');
  scratch.write(path, { ...(JSON.parse(before) as object), dependencies: { '@clamor/spam-urls': '^0.1.0' } });
  return () => scratch.write(path, before);
}
