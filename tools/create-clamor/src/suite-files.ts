import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { CreateError } from './errors.ts';
import type { ProjectFile, SuiteOptions } from './project-options.ts';
import { jsonFile, ownManifest, renderTemplates } from './render-templates.ts';

const NX_JSON = { defaultBase: 'main', neverConnectToCloud: true, analytics: false, tui: { enabled: false } };

/** The commands of a workspace, by what runs them. */
const SCRIPTS = {
  nx: {
    check: 'nx affected -t lint typecheck test build',
    test: 'nx run-many -t test',
    build: 'nx run-many -t build',
    score: 'nx affected -t score',
  },
  npm: {
    check: 'oxlint && npm run typecheck && npm test && npm run build',
    test: 'npm run test --workspaces --if-present',
    typecheck: 'npm run typecheck --workspaces --if-present',
    build: 'npm run build --workspaces --if-present',
    score: 'npm run build && clamor score {{suite}} --split valid',
  },
};

/**
 * The files of a workspace with an empty suite: those of the root from the templates of this package, those of the suite and of
 * its evaluation by the generators of @clamor/nx, run in a folder that is gone afterwards.
 *
 * @param name - Of the root package.
 * @throws {CreateError} `CREATE_GENERATE_FAILED`
 */
export function suiteFiles(name: string, options: SuiteOptions): ProjectFile[] {
  const dir = mkdtempSync(join(tmpdir(), 'create-clamor-'));
  try {
    writeFiles(dir, rootFiles(name, options));
    generate(dir, 'init');
    generate(dir, 'suite', options.suite, '--scope', options.scope, '--owner', `${options.suite}-core`);
    return readFiles(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Writes files below a folder. */
export function writeFiles(dir: string, files: readonly ProjectFile[]): void {
  for (const { path, content } of files) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  }
}

function rootFiles(name: string, { suite, scope, nx }: SuiteOptions): ProjectFile[] {
  const scripts = Object.entries(SCRIPTS[nx ? 'nx' : 'npm']).map(([script, command]) => [
    script,
    command.replace('{{suite}}', suite),
  ]);
  const manifest = {
    name,
    version: '0.0.0',
    private: true,
    license: 'UNLICENSED',
    type: 'module',
    engines: { node: '>=22.18' },
    scripts: {
      ...(Object.fromEntries(scripts) as object),
      'pack-check': 'clamor-workspace pack-check --skip-private models/*/*',
      'gate:merge': 'clamor-workspace gate-merge',
      'compare:merge': 'clamor-workspace compare-merge',
      changeset: 'changeset',
      version: 'changeset version && npm run lockfile',
      release: 'npm run build && npm run pack-check && changeset publish',
      lockfile: 'npm install --package-lock-only --ignore-scripts',
    },
    devDependencies: tools(nx),
    allowScripts: { 'onnxruntime-node': false, esbuild: false, ...(nx ? { nx: false } : {}) },
  };
  const member = nx ? 'npx nx g @clamor/nx:member' : 'npx clamor-workspace member';
  return [
    jsonFile('package.json', manifest),
    ...(nx ? [jsonFile('nx.json', NX_JSON)] : []),
    ...renderTemplates('suite', { name, suite, scope, member }),
  ];
}

/** What this version of the package was made with: packages of ours that fit each other, and the tools that they were tested by. */
function tools(nx: boolean): { readonly [name: string]: string } {
  const { dependencies, devDependencies } = ownManifest();
  const { nx: nxRange = '*', ...others } = devDependencies;
  const all = { ...others, '@clamor/nx': dependencies['@clamor/nx'] ?? '*', ...(nx ? { nx: nxRange } : {}) };
  return Object.fromEntries(Object.entries(all).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function generate(dir: string, ...args: readonly string[]): void {
  const manifest = createRequire(import.meta.url).resolve('@clamor/nx/package.json');
  const program = join(dirname(manifest), 'bin/clamor-workspace.js');
  const { status, stderr, error } = spawnSync(process.execPath, [program, ...args, '--skip-install'], {
    cwd: dir,
    encoding: 'utf8',
  });
  if (status === 0) return;
  throw new CreateError(
    'CREATE_GENERATE_FAILED',
    `clamor-workspace ${args.join(' ')} ended with ${error?.message ?? status}; nothing was made.\n${stderr.trim()}`,
  );
}

function readFiles(dir: string): ProjectFile[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(dir, file).split(sep).join('/'), content: readFileSync(file, 'utf8') }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
