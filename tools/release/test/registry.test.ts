import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MemberRecord } from '@clamor/contract';
import { type LocalRegistry, startLocalRegistry } from '@clamor/checks/local-registry';
import { type CommandResult, runCommand } from '@clamor/checks/run-command';
import type { WorkspacePackage } from '@clamor/checks/workspace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withDependencies } from '../src/with-dependencies.ts';
import { type WorkspaceRepository, createWorkspaceRepository } from './workspace-repository.ts';

const MAIL = String.raw`From: Ann <ann@example.com>\nTo: bob@example.com\nSubject: Lunch\n\nShall we have lunch on Friday?\n`;

// What a host sees: the versions that are installed, and what each says of one mail.
const PROGRAM = `
import { discover, loadSuite } from '@clamor/runtime';
const members = discover().packages.filter(({ marker }) => marker.kind === 'classifier');
const suite = await loadSuite({ suite: 'spam', workers: 1, deadlineMs: 20_000 });
const [verdict] = await suite.judge([{ key: 'mail-1', input: '${MAIL}' }]);
await suite.close();
const installed = members.map((found) => (found.alias ?? found.package) + '@' + found.version).toSorted();
const said = verdict.judgements.map(({ member, version, mode, judgement }) => [member, version, mode, judgement].join(' '));
console.log(JSON.stringify({ installed, said: said.toSorted(), decision: verdict.decision, suiteVersion: verdict.suiteVersion }));
`;

interface Seen {
  readonly installed: readonly string[];
  readonly said: readonly string[];
  readonly decision: boolean;
  readonly suiteVersion: string;
}

// A real registry, a copy of this repository that publishes to it, and a host outside both.
describe('releases', { tags: ['slow'], timeout: 600_000 }, () => {
  let registry: LocalRegistry | string;
  let repository: WorkspaceRepository;
  let host: string;
  let kept: WorkspacePackage;
  let changed: WorkspacePackage;
  let before: { readonly keptVersion: string; readonly changedVersion: string; readonly published: Versions };
  let seen: Seen;

  beforeAll(async () => {
    registry = await startLocalRegistry();
    if (typeof registry === 'string') {
      console.warn(`Releases were not tested. ${registry}`);
      return;
    }
    repository = createWorkspaceRepository();
    host = mkdtempSync(join(tmpdir(), 'clamor-host-'));
    // Any two will do that read nothing but the mail and judge every one.
    const [one, two] = repository.packages().filter(({ root, manifest }) => {
      if (manifest.clamor?.kind !== 'classifier' || manifest.clamor.suite !== 'spam') return false;
      const record = readRecord(root);
      return record.encoder === null && !record.abstains;
    });
    [kept, changed] = [one!, two!];
    keepOthersPrivate();
    repository.write('.npmrc', repository.read('.npmrc') + registry.npmrc);
    repository.commit('chore: publish to the local registry');
  }, 280_000);
  afterAll(async () => {
    if (typeof registry !== 'string') await registry?.stop();
    repository?.dispose();
    rmSync(host ?? join(tmpdir(), 'clamor-no-host'), { recursive: true, force: true });
  }, 280_000);

  it('publish two members and what they need, and nothing when all is there', async ({ skip }) => {
    if (typeof registry === 'string') return skip(registry);
    succeed(repository.run('npm', 'run', 'version'));
    repository.commit('chore: version packages');
    succeed(repository.run('npm', 'run', 'release'));
    const [keptVersion, changedVersion] = [versionOf(kept), versionOf(changed)];
    before = { keptVersion, changedVersion, published: await published(registry) };
    expect(before.published).toEqual(
      Object.fromEntries(releasable().map(({ manifest }) => [manifest.name, [manifest.version]])),
    );
    expect(repository.git('tag').split('\n')).toContain(`${changed.manifest.name}@${changedVersion}`);
    expect(succeed(repository.run('npm', 'run', 'release'))).toContain('nothing is new, 0 packages published');
  });

  it('give a host outside the repository both members, and a verdict', ({ skip }) => {
    if (typeof registry === 'string') return skip(registry);
    const manifest = { name: 'host', private: true, type: 'module', allowScripts: { 'onnxruntime-node': false } };
    writeFileSync(join(host, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(host, '.npmrc'), `onnxruntime-node-install=skip\n${registry.npmrc}`);
    writeFileSync(join(host, 'judge.js'), PROGRAM);
    install('@clamor/runtime', '@clamor/spam', kept.manifest.name, changed.manifest.name);
    seen = judge();
    const [keptName, changedName] = [kept, changed].map(slotOf);
    expect(seen.installed).toEqual(
      [`${kept.manifest.name}@${before.keptVersion}`, `${changed.manifest.name}@${before.changedVersion}`].toSorted(),
    );
    expect(seen.said).toEqual(
      [
        `${keptName} ${before.keptVersion} active negative`,
        `${changedName} ${before.changedVersion} active negative`,
      ].toSorted(),
    );
    expect(seen.decision).toBe(false);
  });

  it('publish one member when one was changed, with its figures before and after', async ({ skip }) => {
    if (typeof registry === 'string') return skip(registry);
    positiveOnEverything();
    const name = changed.manifest.name;
    repository.write('.changeset/all.md', `---\n'${name}': minor\n---\n\nEverything is spam.\n`);
    repository.commit('feat: everything is spam');
    succeed(repository.run('npm', 'run', 'version'));
    // Manifest, changelog and lockfile; the private leaf names the versions of its members.
    const touched = repository.git('diff', '--name-only', 'HEAD').trim().split('\n');
    expect(
      touched.filter((file) => !file.startsWith(changed.root) && !file.startsWith('models/spam/evaluation/')),
    ).toEqual(['.changeset/all.md', 'package-lock.json']);
    expect(repository.read(`${changed.root}/CHANGELOG.md`)).toMatch(
      new RegExp(
        `since ${before.changedVersion.replaceAll('.', '\\.')}, out of fold \\(spam@1, n = \\d+ as before\\): ` +
          'precision [\\d.]+( \\([\\d.–]+\\))? → undefined \\(no positives\\), recall ',
      ),
    );
    repository.commit('chore: version packages');
    succeed(repository.run('npm', 'run', 'release'));
    const newest = versionOf(changed);
    expect(await published(registry)).toEqual({ ...before.published, [name]: [before.changedVersion, newest] });
  });

  it('let the host upgrade that one: its judgement and the suite version change, the other stays', ({ skip }) => {
    if (typeof registry === 'string') return skip(registry);
    install(`${changed.manifest.name}@latest`);
    const upgraded = judge();
    expect(upgraded.said).toEqual(
      [
        `${slotOf(kept)} ${before.keptVersion} active negative`,
        `${slotOf(changed)} ${versionOf(changed)} active positive`,
      ].toSorted(),
    );
    expect(upgraded.decision).toBe(true);
    expect(upgraded.suiteVersion).not.toBe(seen.suiteVersion);
  });

  it('run old and new side by side under an alias: one counts, the other is in shadow', ({ skip }) => {
    if (typeof registry === 'string') return skip(registry);
    install(`spam-old@npm:${changed.manifest.name}@${before.changedVersion}`);
    const both = judge();
    expect(both.installed).toContain(`spam-old@${before.changedVersion}`);
    expect(both.said).toEqual(
      [
        `${slotOf(kept)} ${before.keptVersion} active negative`,
        `${slotOf(changed)} ${versionOf(changed)} active positive`,
        `${slotOf(changed)} ${before.changedVersion} shadow negative`,
      ].toSorted(),
    );
    expect(both.decision).toBe(true);
  });

  it('refuse a major of the contract that leaves released members behind, and take it with theirs', ({ skip }) => {
    if (typeof registry === 'string') return skip(registry);
    const check = () => repository.run('npm', 'run', 'version', '--', '--check');
    const write = (name: string, type: string) =>
      repository.write(`.changeset/${name.replace('@clamor/', '')}.md`, `---\n'${name}': ${type}\n---\n\nNew.\n`);
    write('@clamor/contract', 'major');
    const refused = check();
    expect(refused.status, refused.output).toBe(1);
    for (const { manifest } of [kept, changed]) {
      expect(refused.output).toMatch(new RegExp(`RELEASE_MAJOR_ALONE: .*leaves ${manifest.name}@`));
    }
    for (const name of ['@clamor/spam', kept.manifest.name, changed.manifest.name]) write(name, 'minor');
    expect(succeed(check())).toContain('0 faults');
    repository.git('clean', '--quiet', '--force', '.changeset');
  });

  it('refuse to publish what is not committed', ({ skip }) => {
    if (typeof registry === 'string') return skip(registry);
    repository.write('planted.txt', 'not committed');
    const { status, output } = repository.run('npm', 'run', 'release');
    expect(output).toContain('RELEASE_TREE_DIRTY');
    expect(status).toBe(1);
  });

  /** All that is not needed stays out of the test: it need not be built. */
  function keepOthersPrivate(): void {
    const packages = repository.packages();
    const needed = withDependencies(packages, ['@clamor/runtime', kept.manifest.name, changed.manifest.name]);
    for (const { root, manifest } of packages) {
      if (!needed.includes(manifest.name)) repository.write(`${root}/package.json`, { ...manifest, private: true });
    }
  }

  function releasable(): WorkspacePackage[] {
    return repository.packages().filter(({ manifest }) => manifest.private !== true);
  }

  async function published(local: LocalRegistry): Promise<Versions> {
    const names = repository.packages().map(({ manifest }) => manifest.name);
    const all = await Promise.all(names.map(async (name) => [name, await local.versions(name)] as const));
    return Object.fromEntries(all.filter(([, found]) => found.length > 0));
  }

  /** A threshold below every score. The figures are those of a member that was never positive: they are undefined. */
  function positiveOnEverything(): void {
    const record = readRecord(changed.root);
    const figures = record.figures.map((each) => ({
      ...each,
      positives: 0,
      truePositives: 0,
      precision: null,
      precisionInterval: null,
    }));
    repository.write(`${changed.root}/assets/record.json`, { ...record, threshold: -1024, figures });
  }

  function readRecord(root: string): MemberRecord {
    return JSON.parse(repository.read(`${root}/assets/record.json`)) as MemberRecord;
  }

  function versionOf({ root }: WorkspacePackage): string {
    return (JSON.parse(repository.read(`${root}/package.json`)) as { readonly version: string }).version;
  }

  function install(...packages: readonly string[]): void {
    succeed(runCommand('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...packages], host));
  }

  function judge(): Seen {
    return JSON.parse(succeed(runCommand('node', ['judge.js'], host))) as Seen;
  }
});

interface Versions {
  readonly [name: string]: readonly string[];
}

/** The name of a member within its suite. */
function slotOf({ manifest }: WorkspacePackage): string {
  return manifest.name.replace('@clamor/spam-', '');
}

function succeed({ status, stdout, output }: CommandResult): string {
  expect(status, output).toBe(0);
  return stdout;
}
