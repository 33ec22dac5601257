import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ScratchWorkspace, createScratchWorkspace } from '../src/scratch-workspace.ts';

const FOLDER = 'models/spam/planted';
const NO_IDS = { splits: [], count: 0, sha256: '0'.repeat(64) };

// Judges one mail with whatever is a member, and prints who judged.
const PROGRAM = `
import { loadSuite } from '@clamor/runtime';
const suite = await loadSuite({ suite: 'spam', workers: 1 });
const [verdict] = await suite.judge([{ key: '1', input: { from: 'a@example.com', subject: 'planted', text: 'hello' } }]);
await suite.close();
const positives = verdict.positives.map(({ member }) => member);
console.log(JSON.stringify({ members: verdict.judgements.map(({ member }) => member).toSorted(), positives }));
`;

describe('a member', { tags: ['slow'] }, () => {
  let scratch: ScratchWorkspace;
  beforeAll(() => {
    scratch = createScratchWorkspace();
  });
  afterAll(() => scratch.dispose());

  it('joins the suite when its folder is there, without an edit elsewhere, and leaves with it', () => {
    const before = judge();
    expect(before.members).not.toContain('planted');
    plantMember(scratch);
    const during = judge();
    expect(during.members).toEqual([...before.members, 'planted'].toSorted());
    expect(during.positives.toSorted()).toEqual([...before.positives, 'planted'].toSorted());
    scratch.remove(FOLDER);
    expect(judge()).toEqual(before);
  });

  it('is part of npm start when its folder is there, and is not when it has gone', () => {
    plantMember(scratch);
    const during = start();
    expect(during).toMatch(/@clamor\/spam-planted +0\.1\.0 +classifier +planters +loaded/);
    expect(during).toMatch(/^planted +0 +–/m);
    scratch.remove(FOLDER);
    expect(start()).not.toMatch(/planted/);
  });

  it('can be deleted by itself: no project names a member, the leaf of its suite depends on whatever is there', () => {
    const { status, output } = scratch.run('nx', 'graph', '--file=graph.json');
    expect(status, output).toBe(0);
    const { graph } = JSON.parse(readFileSync(join(scratch.dir, 'graph.json'), 'utf8')) as Graph;
    const isMember = (project: string) => graph.nodes[project]?.data.tags?.includes('layer:member') ?? false;
    expect(Object.keys(graph.nodes).filter(isMember).length).toBeGreaterThan(1);
    const toMembers = Object.values(graph.dependencies)
      .flat()
      .filter(({ target }) => isMember(target));
    expect([...new Set(toMembers.map(({ source, type }) => `${source} ${type}`))]).toEqual([
      '@clamor/spam-evaluation implicit',
    ]);
  });

  /** What `npm start` prints, by the same arguments. */
  function start(): string {
    const { scripts } = JSON.parse(readFileSync(join(scratch.dir, 'package.json'), 'utf8')) as Scripts;
    const [command, ...args] = scripts.start.split(' ');
    expect(command).toBe('clamor');
    const { status, stdout, output } = scratch.run('node', 'packages/cli/bin/clamor.js', ...args);
    expect(status, output).toBe(0);
    return stdout;
  }

  function judge(): { members: string[]; positives: string[] } {
    const { status, stdout, output } = scratch.run(
      'node',
      '--conditions=@clamor/source',
      '--input-type=module',
      '--eval',
      PROGRAM,
    );
    expect(status, output).toBe(0);
    return JSON.parse(stdout) as { members: string[]; positives: string[] };
  }
});

interface Scripts {
  readonly scripts: { readonly start: string };
}

interface Graph {
  readonly graph: {
    readonly nodes: { readonly [name: string]: { readonly data: { readonly tags?: readonly string[] } } };
    readonly dependencies: {
      readonly [name: string]: readonly { readonly source: string; readonly target: string; readonly type: string }[];
    };
  };
}

/** Positive on every mail whose subject has the word "planted". */
function plantMember(scratch: ScratchWorkspace): void {
  scratch.write(`${FOLDER}/package.json`, {
    name: '@clamor/spam-planted',
    version: '0.1.0',
    type: 'module',
    clamor: { kind: 'classifier', suite: 'spam', contract: 1, owner: 'planters' },
    exports: { '.': { '@clamor/source': './src/index.ts', default: './dist/index.js' } },
    peerDependencies: { '@clamor/contract': '^0.1.0', '@clamor/spam': '^0.1.0' },
  });
  scratch.write(
    `${FOLDER}/src/index.ts`,
    `import { column, defineClassifier, type PlainClassifier } from '@clamor/contract';
import type { Mail } from '@clamor/spam';

export const classifier: PlainClassifier<Mail> = defineClassifier<Mail>({
  load: () => ({ score: (mails) => column(mails, (mail) => (mail.subject.includes('planted') ? 1 : 0)), close() {} }),
});
`,
  );
  scratch.write(`${FOLDER}/assets/samples.jsonl`, '');
  scratch.write(`${FOLDER}/assets/record.json`, {
    threshold: 0.5,
    artifact: null,
    inputs: {},
    encoder: null,
    abstains: false,
    positiveRateBand: [0, 1],
    fit: { data: 'none', seed: 0, weights: NO_IDS, threshold: NO_IDS },
    figures: [],
  });
}
