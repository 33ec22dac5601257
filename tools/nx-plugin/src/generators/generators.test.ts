import { type Tree, readJson } from '@nx/devkit';
import { createTreeWithEmptyWorkspace } from '@nx/devkit/testing';
import { describe, expect, it } from 'vitest';
import type { MemberProcesses } from '../generate/generate-member.ts';
import encoderGenerator from './encoder/generator.ts';
import initGenerator from './init/generator.ts';
import memberGenerator from './member/generator.ts';
import suiteGenerator from './suite/generator.ts';

/** The suite and the encoder of a virtual tree cannot be run: a row is the number of words, and the number of letters ÷ 100. */
const processes: MemberProcesses = {
  readSamples: ({ inputs }) =>
    inputs.map((input) => ({ terms: wordsOf((input as Text).text), text: (input as Text).text })),
  encodeSamples: ({ texts }) => texts.map((text) => [wordsOf(text), Math.fround(text.length / 100)]),
};

interface Text {
  readonly text: string;
}

function wordsOf(text: string): number {
  return text.split(' ').length;
}

async function workspaceWithSuite(): Promise<Tree> {
  const tree = createTreeWithEmptyWorkspace();
  tree.write('package.json', '{"name":"@acme/source","license":"MIT","devDependencies":{"vitest":"^5.0.0"}}');
  await initGenerator(tree);
  await suiteGenerator(tree, { name: 'fraud' });
  return tree;
}

const member = (tree: Tree, name: string, options: object = {}) =>
  memberGenerator(tree, { name, ...options }, processes);
const codeOf = async (running: Promise<unknown>): Promise<string> =>
  running.then(
    () => 'none',
    (error: { readonly code: string }) => error.code,
  );
const filesBelow = (tree: Tree, dir: string): string[] =>
  tree
    .children(dir)
    .flatMap((name) =>
      tree.isFile(`${dir}/${name}`) ? [name] : filesBelow(tree, `${dir}/${name}`).map((each) => `${name}/${each}`),
    );

interface Sample {
  readonly input: Text;
  readonly score: number;
}

function samplesOf(tree: Tree, name: string): Sample[] {
  const lines = tree.read(`models/${name}/assets/samples.jsonl`, 'utf8')!.trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Sample);
}

const scoresOf = (tree: Tree, name: string): number[] => samplesOf(tree, name).map(({ score }) => score);
const textsOf = (tree: Tree, name: string): string[] => samplesOf(tree, name).map(({ input }) => input.text);

describe('initGenerator', () => {
  it('makes models workspaces and names the plugin, once', async () => {
    const tree = createTreeWithEmptyWorkspace();
    tree.write('package.json', '{"name":"acme","workspaces":["apps/*"]}');
    await initGenerator(tree);
    await initGenerator(tree);
    expect(readJson<object>(tree, 'package.json')).toEqual({
      name: 'acme',
      workspaces: ['apps/*', 'models/*/*'],
      allowScripts: { 'onnxruntime-node': false },
    });
    expect(readJson<object>(tree, 'nx.json')).toMatchObject({
      plugins: ['@clamor/nx'],
      pluginsConfig: { '@nx/js': { analyzeSourceFiles: true } },
    });
  });
});

describe('suiteGenerator', () => {
  it('makes a suite and its leaf, and no file elsewhere', async () => {
    const tree = createTreeWithEmptyWorkspace();
    tree.write('package.json', '{"name":"@acme/source","workspaces":["models/*/*"]}');
    await suiteGenerator(tree, { name: 'fraud', owner: 'risk' });
    const marker = { suite: 'fraud', contract: 1, owner: 'risk' };
    expect(readJson(tree, 'models/fraud/suite/package.json')).toMatchObject({
      name: '@acme/fraud',
      private: true,
      clamor: { kind: 'suite', ...marker },
    });
    expect(readJson(tree, 'models/fraud/evaluation/package.json')).toMatchObject({
      name: '@acme/fraud-evaluation',
      private: true,
      clamor: { kind: 'evaluation', ...marker },
      dependencies: { '@acme/fraud': '^0.1.0' },
    });
    expect(tree.children('models')).toEqual(['fraud']);
    expect(tree.children('models/fraud')).toEqual(['suite', 'evaluation']);
  });

  it('refuses a name that is taken or for something else', async () => {
    const tree = await workspaceWithSuite();
    expect(await codeOf(suiteGenerator(tree, { name: 'fraud' }))).toBe('GENERATE_NAME_TAKEN');
    expect(await codeOf(suiteGenerator(tree, { name: 'encoders' }))).toBe('GENERATE_NAME_INVALID');
  });

  it('refuses a workspace whose globs leave models out', async () => {
    const tree = createTreeWithEmptyWorkspace();
    tree.write('package.json', '{"name":"@acme/source","workspaces":["apps/*"]}');
    expect(await codeOf(suiteGenerator(tree, { name: 'fraud' }))).toBe('GENERATE_WORKSPACE_INVALID');
  });
});

describe('encoderGenerator', () => {
  it('makes an encoder beside the suites, and refuses its name twice', async () => {
    const tree = await workspaceWithSuite();
    await encoderGenerator(tree, { name: 'words' });
    expect(readJson(tree, 'models/encoders/words/package.json')).toMatchObject({
      name: '@acme/encoder-words',
      private: true,
      clamor: { kind: 'encoder', contract: 1, owner: 'platform-team' },
    });
    expect(await codeOf(encoderGenerator(tree, { name: 'words' }))).toBe('GENERATE_NAME_TAKEN');
    expect(await codeOf(encoderGenerator(tree, { name: 'Words' }))).toBe('GENERATE_NAME_INVALID');
  });
});

describe('memberGenerator', () => {
  it('makes a member that is private, untrained, and says so', async () => {
    const tree = await workspaceWithSuite();
    await member(tree, 'fraud/amounts');
    expect(readJson(tree, 'models/fraud/amounts/package.json')).toMatchObject({
      name: '@acme/fraud-amounts',
      version: '0.0.0',
      private: true,
      license: 'MIT',
      clamor: { kind: 'classifier', suite: 'fraud', contract: 1, owner: 'fraud-core', mode: 'shadow' },
      peerDependencies: { '@acme/fraud': '^0.1.0' },
    });
    expect(readJson(tree, 'models/fraud/amounts/assets/record.json')).toMatchObject({
      artifact: { file: 'model.onnx' },
      fit: { data: 'none', weights: { count: 0 }, threshold: { count: 0 } },
      figures: [],
    });
    expect(tree.read('models/fraud/amounts/README.md', 'utf8')).toContain('is untrained');
  });

  it('declares the tools that the root lacks, and no other', async () => {
    const tree = await workspaceWithSuite();
    await member(tree, 'fraud/amounts');
    const { devDependencies } = readJson<{ devDependencies: object }>(tree, 'models/fraud/amounts/package.json');
    expect(Object.keys(devDependencies)).toEqual(['@clamor/testkit', '@types/node', 'tsup', 'typescript']);
  });

  it('makes one in plain code without an artifact', async () => {
    const tree = await workspaceWithSuite();
    await member(tree, 'fraud/rule', { kind: 'plain' });
    expect(readJson(tree, 'models/fraud/rule/assets/record.json')).toMatchObject({ artifact: null, inputs: {} });
    expect(filesBelow(tree, 'models/fraud/rule/training')).toEqual(['README.md']);
  });

  it('makes a head on the only encoder: its graph picks the column that tells the samples apart', async () => {
    const tree = await workspaceWithSuite();
    await encoderGenerator(tree, { name: 'words' });
    await member(tree, 'fraud/head', { kind: 'encoder-head' });
    expect(readJson(tree, 'models/fraud/head/package.json')).toMatchObject({
      private: true,
      clamor: { kind: 'classifier', suite: 'fraud', mode: 'shadow' },
      dependencies: { '@acme/encoder-words': '^0.1.0' },
    });
    expect(readJson(tree, 'models/fraud/head/assets/record.json')).toMatchObject({
      artifact: { file: 'model.onnx' },
      inputs: { text: { kind: 'encoded', width: 2 } },
      encoder: '@acme/encoder-words',
      fit: { data: 'none', weights: { count: 0 }, threshold: { count: 0 } },
      figures: [],
    });
    // The number of words differs by more than the number of letters ÷ 100.
    expect(scoresOf(tree, 'fraud/head')).toEqual(textsOf(tree, 'fraud/head').map(wordsOf));
    const readme = tree.read('models/fraud/head/README.md', 'utf8');
    expect(readme).toContain('is untrained');
    expect(readme).toContain('`@acme/encoder-words` gives a row of 2 numbers; the graph picks number 0');
    expect(filesBelow(tree, 'models/fraud/head/src')).not.toContain('terms.ts');
    expect(filesBelow(tree, 'models/fraud/head/training')).not.toContain('bag-graph.ts');
  });

  it('asks which encoder a head reads when there are several, and takes each of its names', async () => {
    const tree = await workspaceWithSuite();
    const codeFor = (options: object): Promise<string> =>
      codeOf(member(tree, 'fraud/head', { kind: 'encoder-head', ...options }));
    expect(await codeFor({})).toBe('GENERATE_ENCODER_UNKNOWN');
    for (const name of ['words', 'letters']) await encoderGenerator(tree, { name });
    expect(await codeFor({})).toBe('GENERATE_ENCODER_AMBIGUOUS');
    expect(await codeFor({ encoder: 'sounds' })).toBe('GENERATE_ENCODER_UNKNOWN');
    expect(await codeOf(member(tree, 'fraud/head', { encoder: 'words' }))).toBe('GENERATE_USAGE');
    for (const [i, encoder] of ['letters', 'encoder-letters', '@acme/encoder-letters'].entries()) {
      await member(tree, `fraud/head-${i}`, { kind: 'encoder-head', encoder });
      const { dependencies } = readJson<{ dependencies: object }>(tree, `models/fraud/head-${i}/package.json`);
      expect(dependencies).toEqual({ '@acme/encoder-letters': '^0.1.0' });
    }
    const again = { kind: 'encoder-head', encoder: 'letters' };
    expect(await codeOf(member(tree, 'fraud/head-0', again))).toBe('GENERATE_NAME_TAKEN');
    expect(await codeOf(member(tree, 'fraud/Head', again))).toBe('GENERATE_NAME_INVALID');
  });

  it('refuses a head on an encoder that gives all samples one row', async () => {
    const tree = await workspaceWithSuite();
    await encoderGenerator(tree, { name: 'words' });
    const alike = { ...processes, encodeSamples: ({ texts }: { texts: readonly string[] }) => texts.map(() => [1, 2]) };
    const made = memberGenerator(tree, { name: 'fraud/head', kind: 'encoder-head' }, alike);
    expect(await codeOf(made)).toBe('GENERATE_SAMPLES_ALIKE');
  });

  it('gives samples the scores that are counted, on both sides of the threshold', async () => {
    const tree = await workspaceWithSuite();
    await member(tree, 'fraud/rule', { kind: 'plain' });
    const { threshold } = readJson<{ threshold: number }>(tree, 'models/fraud/rule/assets/record.json');
    const scores = scoresOf(tree, 'fraud/rule');
    expect(scores).toEqual(textsOf(tree, 'fraud/rule').map(wordsOf));
    expect(new Set(scores.map((score) => score >= threshold))).toEqual(new Set([true, false]));
  });

  it('touches nothing outside its folder', async () => {
    const tree = await workspaceWithSuite();
    const before = new Map(tree.listChanges().map(({ path, content }) => [path, content?.toString()]));
    await member(tree, 'fraud/amounts');
    const changed = tree.listChanges().filter(({ path, content }) => before.get(path) !== content?.toString());
    expect(changed.map(({ path }) => path).filter((path) => !path.startsWith('models/fraud/amounts/'))).toEqual([]);
  });

  it('takes a scope and an owner', async () => {
    const tree = await workspaceWithSuite();
    await member(tree, 'fraud/amounts', { scope: '@other', owner: 'us' });
    expect(readJson(tree, 'models/fraud/amounts/package.json')).toMatchObject({
      name: '@other/fraud-amounts',
      clamor: { owner: 'us' },
      exports: { '.': { '@other/source': './src/index.ts' } },
    });
  });

  it('refuses with a code: a bad name, a taken one, an unknown suite, a kind that there is not', async () => {
    const tree = await workspaceWithSuite();
    await member(tree, 'fraud/amounts');
    expect(await codeOf(member(tree, 'fraud/Amounts'))).toBe('GENERATE_NAME_INVALID');
    expect(await codeOf(member(tree, 'fraud/amounts'))).toBe('GENERATE_NAME_TAKEN');
    expect(await codeOf(member(tree, 'frod/amounts'))).toBe('GENERATE_SUITE_UNKNOWN');
    expect(await codeOf(member(tree, 'fraud/other', { kind: 'tree' }))).toBe('GENERATE_USAGE');
  });

  it('refuses a package name that another folder has', async () => {
    const tree = await workspaceWithSuite();
    tree.write('models/fraud/old/package.json', '{"name":"@acme/fraud-amounts"}');
    expect(await codeOf(member(tree, 'fraud/amounts'))).toBe('GENERATE_NAME_TAKEN');
  });

  it('takes inputs for samples from a file, and refuses one without', async () => {
    const tree = await workspaceWithSuite();
    tree.write('in.jsonl', '{"input":{"text":"a"}}\n{"key":"two","input":{"text":"a b"}}\n');
    await member(tree, 'fraud/amounts', { samples: 'in.jsonl' });
    expect(tree.read('models/fraud/amounts/assets/samples.jsonl', 'utf8')).toContain(
      '{"key":"sample-1","input":{"text":"a"}',
    );
    tree.write('none.jsonl', '{"input":{"text":"a"}}\n');
    expect(await codeOf(member(tree, 'fraud/b', { samples: 'none.jsonl' }))).toBe('GENERATE_SAMPLES_MISSING');
    tree.write('broken.jsonl', 'a\nb\n');
    expect(await codeOf(member(tree, 'fraud/b', { samples: 'broken.jsonl' }))).toBe('GENERATE_SAMPLES_MISSING');
    tree.write('alike.jsonl', '{"input":{"text":"a"}}\n{"input":{"text":"b"}}\n');
    expect(await codeOf(member(tree, 'fraud/b', { samples: 'alike.jsonl' }))).toBe('GENERATE_SAMPLES_ALIKE');
  });
});
