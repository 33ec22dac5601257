import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { memberTargets } from './member-targets.ts';
import type { InferredManifest, WorkspacePackage } from './workspace-package.ts';

const of = (kind: string, rest: object = {}): InferredManifest => ({ clamor: { kind, suite: 'texts', ...rest } });
const SUITE = made('suite', { name: '@acme/texts', ...of('suite'), dependencies: { htmlparser2: '1' } });
const LEAF = made('evaluation', { name: '@acme/texts-evaluation', ...of('evaluation'), dependencies: { corpus: '1' } });
const ENCODER: WorkspacePackage = {
  root: 'models/encoders/mean',
  manifest: { name: '@acme/encoder-mean', clamor: { kind: 'encoder' } },
  encoder: null,
};
const WORDS = made('words', { name: '@acme/texts-words', ...of('classifier') }, '@acme/encoder-mean');
const URLS = made('urls', { name: '@acme/texts-urls', ...of('classifier') });
const SLOW = made('slow', { name: '@acme/texts-slow', ...of('classifier', { mode: 'shadow' }) });
const OTHER = made('amounts', { name: '@acme/fraud-amounts', clamor: { kind: 'classifier', suite: 'fraud' } });
const PACKAGES = [SUITE, LEAF, ENCODER, WORDS, URLS, SLOW, OTHER];

describe('memberTargets', () => {
  it('score: one member into files of its own', () => {
    const { score } = targetsOf(WORDS);
    expect(score?.options).toEqual({
      command: 'clamor score texts --member @acme/texts-words --out .clamor/columns/texts',
      cwd: '.',
    });
    expect(score?.outputs).toEqual([
      '{workspaceRoot}/.clamor/columns/texts/*/words.json',
      '{workspaceRoot}/.clamor/columns/texts/*/words.parquet',
    ]);
    expect(score?.cache).toBe(true);
  });

  it('score: its inputs are of the member, its encoder, its suite and the data, with what they are installed with', () => {
    const inputs = targetsOf(WORDS)['score']?.inputs ?? [];
    const folders = inputs.filter((input) => typeof input === 'string' && /^[^!].*\/src\/\*\*\/\*$/.test(input));
    expect(folders).toEqual([
      '{projectRoot}/src/**/*',
      '{workspaceRoot}/models/texts/suite/src/**/*',
      '{workspaceRoot}/models/encoders/mean/src/**/*',
      '{workspaceRoot}/models/texts/evaluation/src/**/*',
    ]);
    expect(inputs).toContain('!{workspaceRoot}/models/texts/evaluation/data/columns/**/*');
    expect(inputs.at(-1)).toEqual({ externalDependencies: ['@clamor/runtime', 'corpus', 'htmlparser2'] });
  });

  it('gate: after score of itself and of the members that count beside it, and never cached', () => {
    const root = workspace(['node_modules/@clamor/cli/src/index.ts']);
    expect(targetsOf(WORDS, root)['gate']).toMatchObject({
      options: { command: 'clamor gate @acme/texts-words' },
      dependsOn: ['score', { target: 'score', projects: ['@acme/texts-urls'] }],
      cache: false,
    });
    expect(targetsOf(SLOW, root)['gate']?.dependsOn).toEqual([
      'score',
      { target: 'score', projects: ['@acme/texts-words', '@acme/texts-urls'] },
    ]);
  });

  it('are built before where the command imports what is built: gate loads all members, score one', () => {
    const { gate, score } = targetsOf(URLS);
    expect(score?.dependsOn).toEqual([
      { target: 'build', projects: ['@acme/texts-urls', '@acme/texts', '@acme/texts-evaluation'] },
    ]);
    expect(gate?.dependsOn?.[0]).toEqual({
      target: 'build',
      projects: [
        '@acme/texts-urls',
        '@acme/texts',
        '@acme/texts-evaluation',
        '@acme/texts-words',
        '@acme/encoder-mean',
        '@acme/texts-slow',
      ],
    });
  });

  it('train: by the command that the plugin was told, with the name of the member', () => {
    const root = workspace(['models/texts/urls/training/recipe.json']);
    const options = { recipeCommand: 'train {member}' };
    const { train } = memberTargets(URLS, { workspaceRoot: root, packages: PACKAGES, options });
    expect(train).toMatchObject({ options: { command: 'train urls' }, cache: false });
    expect(targetsOf(URLS, root)).not.toHaveProperty('train');
  });
});

function made(folder: string, manifest: InferredManifest, encoder: string | null = null): WorkspacePackage {
  return { root: `models/${manifest.clamor?.suite}/${folder}`, manifest, encoder };
}

function targetsOf(member: WorkspacePackage, workspaceRoot: string = workspace()): ReturnType<typeof memberTargets> {
  return memberTargets(member, { workspaceRoot, packages: PACKAGES, options: {} });
}

/** A folder with these files and some installed packages. */
function workspace(files: readonly string[] = []): string {
  const dir = mkdtempSync(join(tmpdir(), 'clamor-infer-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const installed = ['htmlparser2', 'corpus', '@clamor/runtime'].map((name) => `node_modules/${name}/package.json`);
  for (const file of [...files, ...installed]) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), '{}');
  }
  return dir;
}
