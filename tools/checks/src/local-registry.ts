import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptFolder } from './kept-folder.ts';
import { publishTarball } from './publish-tarball.ts';
import { runCommand } from './run-command.ts';

// Verdaccio stays out of the workspace's install: 300 packages for a few tests, and node-fetch in the version it asks for
// does not run on this Node.
const VERDACCIO = { private: true, dependencies: { verdaccio: '6.10.4' }, overrides: { 'node-fetch': '2.7.0' } };

/**
 * Only our scope comes here: what is not ours, npm gets from the registry that the machine is set up with. A package without a scope can
 * not be told from what is not ours, so with one everything comes here, and what is not ours is handed on.
 */
function configOf(unscoped: readonly string[]): string {
  const ours = ['@clamor/*', ...unscoped]
    .map((name) => `  '${name}': { access: $all, publish: $anonymous }\n`)
    .join('');
  const upstream =
    unscoped.length === 0 ? '' : runCommand('npm', ['config', 'get', 'registry'], tmpdir()).stdout.trim();
  const uplinks = upstream === '' ? '{}' : `{ upstream: { url: '${upstream}', cache: false, max_fails: 100 } }`;
  return `
storage: ./storage
max_body_size: 200mb
uplinks: ${uplinks}
packages:
${ours}${upstream === '' ? '' : "  '**': { access: $all, proxy: upstream }\n"}
auth: { htpasswd: { file: ./htpasswd } }
log: { type: stdout, format: pretty, level: warn }
web: { enable: false }
`;
}

/** A registry of this machine that holds nothing but what is published to it. */
export interface LocalRegistry {
  /** For the `.npmrc` of a repository or a host: our scope comes from here, all else from where it always does. */
  readonly npmrc: string;
  /** Path of a file with those lines, and with what npm's global configuration says otherwise: for `NPM_CONFIG_GLOBALCONFIG`. */
  readonly globalConfig: string;
  /** Where it listens, on the loopback interface: `http://127.0.0.1:4873/`. */
  readonly url: string;
  /**
   * Publishes tarballs.
   *
   * @throws {Error} when the registry refuses one, as it does a version that it has.
   */
  publish(tarballs: Iterable<string>): Promise<void>;
  /** Versions of a package, oldest first; empty when it was never published. */
  versions(name: string): Promise<string[]>;
  stop(): Promise<void>;
}

/** What {@link startLocalRegistry} takes. */
export interface LocalRegistryOptions {
  /** Packages of ours that have no scope; default none. To npm this is then the registry of everything: `NPM_CONFIG_REGISTRY`. */
  readonly unscoped?: readonly string[];
}

/**
 * Installs and starts a real registry on a free port of the loopback interface.
 *
 * @returns The reason in words when it cannot be installed, as on a machine that reaches no registry.
 * @throws {Error} when it was installed and does not start.
 */
export async function startLocalRegistry({ unscoped = [] }: LocalRegistryOptions = {}): Promise<
  LocalRegistry | string
> {
  const key = VERDACCIO.dependencies.verdaccio.replaceAll('.', '-');
  const installed = await keptFolder({ kind: 'verdaccio', key, make: install }).catch((error: unknown) =>
    String(error),
  );
  if (!installed.endsWith(key)) return `Verdaccio cannot be installed here: ${installed.split('\n')[0]}`;
  const folder = mkdtempSync(join(tmpdir(), 'clamor-registry-'));
  mkdirSync(join(folder, 'storage'));
  writeFileSync(join(folder, 'config.yaml'), configOf(unscoped));
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const program = join(installed, 'node_modules/verdaccio/bin/verdaccio');
  const child = spawn(process.execPath, [program, '--config', 'config.yaml', '--listen', address], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += String(data)));
  const stop = async (): Promise<void> => {
    await ended(child);
    rmSync(folder, { recursive: true, force: true });
  };
  if (!(await answers(`http://${address}/-/ping`, child))) {
    await stop();
    throw new Error(`Verdaccio does not answer at ${address}:\n${said}`);
  }
  // Publishing as anybody still wants something that looks like a login.
  const npmrc = `@clamor:registry=http://${address}/\n//${address}/:_authToken=nobody\n`;
  const globalConfig = join(folder, 'npmrc');
  writeFileSync(globalConfig, `${globalNpmrc()}${npmrc}`, { mode: 0o600 });
  return {
    npmrc,
    globalConfig,
    url: `http://${address}/`,
    async publish(tarballs) {
      for (const tarball of tarballs) await publishTarball(tarball, `http://${address}/`);
    },
    async versions(name) {
      const text = await get(`http://${address}/${name.replace('/', '%2f')}`);
      return text === null ? [] : Object.keys((JSON.parse(text) as { readonly versions: object }).versions);
    },
    stop,
  };
}

/** What npm's global configuration says: naming another file in its place must not lose it. */
function globalNpmrc(): string {
  const file = runCommand('npm', ['config', 'get', 'globalconfig'], tmpdir()).stdout.trim();
  return existsSync(file) ? `${readFileSync(file, 'utf8').trimEnd()}\n` : '';
}

/** Installed once, used by every registry. */
function install(folder: string): void {
  writeFileSync(join(folder, 'package.json'), JSON.stringify(VERDACCIO));
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', '--fetch-retries=1'];
  const { status, output } = runCommand('npm', ['install', '--ignore-scripts', ...quiet], folder);
  if (status !== 0) throw new Error(output.trim());
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function answers(url: string, child: ChildProcess): Promise<boolean> {
  const until = Date.now() + 60_000;
  while (Date.now() < until && child.exitCode === null) {
    if ((await get(url).catch(() => null)) !== null) return true;
    // Nothing tells that a foreign program has begun to listen.
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
  return false;
}

/** A connection each: the commands between two questions block this process for longer than one is kept open. */
function get(url: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.on('end', () => resolve(answer.statusCode === 200 ? text : null)).on('error', reject);
    });
    request.on('error', reject);
  });
}

/** By its own process id, and never left behind. */
function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
