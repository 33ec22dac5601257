import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packedPackages } from '../src/packed-packages.ts';
import { type CommandResult, runCommand } from '../src/run-command.ts';
import { publishedPackages } from '../src/workspace.ts';

// Any two will do: every member can be deleted by itself.
const MEMBERS = publishedPackages()
  .filter(({ manifest }) => manifest.clamor?.kind === 'classifier' && manifest.clamor.suite === 'spam')
  .map(({ manifest }) => manifest.name)
  .slice(-2);
const DIRECT = ['@clamor/runtime', '@clamor/spam', ...MEMBERS];
const TRANSITIVE = ['@clamor/contract', '@clamor/onnx', '@clamor/evaluation'];

const MAIL = String.raw`From: Prize Office <prize@example.com>\nSubject: FREE money!!! Click now\n\nYou won. http://example.com/win?id=1\n`;

const PROGRAM = `
import { discover, loadSuite } from '@clamor/runtime';
const { packages } = discover();
const isolation = process.argv[2] ?? 'worker';
const suite = await loadSuite({ suite: 'spam', workers: 1, isolation, deadlineMs: 10_000 });
const verdicts = await suite.judge([{ key: 'mail-1', input: '${MAIL}' }]);
await suite.close();
console.log(JSON.stringify({ packages, verdicts, folder: import.meta.dirname }));
`;

// A host has AbortSignal and URL from the DOM's types or from @types/node.
const LIB = ['es2023', 'esnext.disposable', 'dom'];

const HOST_IN_TYPESCRIPT = `
import { loadSuite, type Verdict } from '@clamor/runtime';
import type { Mail } from '@clamor/spam';

export async function judge(mail: string): Promise<Verdict | undefined> {
  const suite = await loadSuite({ suite: 'spam' });
  const verdicts = await suite.judge([{ key: '1', input: mail }]);
  await suite.close();
  return verdicts[0];
}
export type Subject = Mail['subject'];
`;

// A host outside the repository: plain npm, the packages as they would be published, no folder named models.
describe('packed packages in a host', { tags: ['slow'] }, () => {
  let host: string;
  let installed: CommandResult;
  beforeAll(async () => {
    host = mkdtempSync(join(tmpdir(), 'clamor-packed-host-'));
    const tarballs = await packedPackages();
    const file = (name: string): [string, string] => [name, `file:${tarballs.get(name) ?? ''}`];
    const manifest = {
      name: 'host',
      version: '1.0.0',
      type: 'module',
      dependencies: Object.fromEntries(DIRECT.map(file)),
      // Nothing is published yet: what npm would fetch for the four comes from tarballs, too.
      overrides: Object.fromEntries(TRANSITIVE.map(file)),
      allowScripts: { 'onnxruntime-node': false },
    };
    writeFileSync(join(host, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(host, '.npmrc'), 'onnxruntime-node-install=skip\n');
    writeFileSync(join(host, 'judge.js'), PROGRAM);
    installed = runCommand('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], host);
  }, 300_000);
  afterAll(() => rmSync(host, { recursive: true, force: true }));

  it.each(['worker', 'process', 'inline'])('discover two members and judge a mail, isolation %s', (isolation) => {
    expect(installed.status, installed.output).toBe(0);
    const { status, stdout, output } = runCommand('node', ['judge.js', isolation], host);
    expect(status, output).toBe(0);
    const { packages, verdicts } = JSON.parse(stdout) as Answer;
    const classifiers = packages.filter(({ marker }) => marker.kind === 'classifier');
    expect(classifiers.map((found) => found.package)).toEqual(MEMBERS);
    expect(verdicts).toHaveLength(1);
    expect(verdicts[0]?.degraded).toEqual([]);
    expect(verdicts[0]?.judgements.map(({ member }) => `@clamor/spam-${member}`).toSorted()).toEqual(MEMBERS);
    expect(verdicts[0]?.judgements.map(({ judgement }) => judgement)).not.toContain('failed');
  });

  it('compile for a host in strict TypeScript', () => {
    writeFileSync(join(host, 'host.ts'), HOST_IN_TYPESCRIPT);
    const compilerOptions = { strict: true, module: 'nodenext', target: 'es2023', lib: LIB, types: [], noEmit: true };
    writeFileSync(join(host, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['host.ts'] }));
    const { status, output } = runCommand('tsc', ['-p', '.'], host);
    expect(output).toBe('');
    expect(status).toBe(0);
  });
});

interface Answer {
  readonly packages: readonly { readonly package: string; readonly marker: { readonly kind: string } }[];
  readonly verdicts: readonly {
    readonly judgements: readonly { readonly member: string; readonly judgement: string }[];
    readonly degraded: readonly unknown[];
  }[];
}
