import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { type Files, writeFiles } from './host.ts';

/** A folder for tarballs and hosts outside the repository, where npm works offline with a cache of its own. */
export interface NpmScratch {
  readonly dir: string;
  /** What npm needs in the environment. */
  readonly env: { readonly [name: string]: string };
  /** Packs a package as npm would publish it. @returns The path of the tarball. */
  pack(files: Files): string;
  /** Makes a host and runs npm install in it. */
  host(name: string, dependencies: { readonly [name: string]: string }, manifest?: object): string;
  /** Runs npm in a folder. @returns What it printed. */
  npm(cwd: string, ...args: string[]): string;
  remove(): void;
}

/** Makes a scratch folder; `registry` is an address, default one that nobody answers at. */
export function createNpmScratch(registry = 'http://127.0.0.1:9/'): NpmScratch {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'clamor-npm-')));
  writeFileSync(join(dir, 'npmrc'), 'audit=false\nfund=false\nupdate-notifier=false\nfetch-retries=0\n');
  const env = {
    npm_config_userconfig: join(dir, 'npmrc'),
    npm_config_cache: join(dir, 'cache'),
    npm_config_registry: registry,
  };
  const npm = (cwd: string, ...args: string[]): string =>
    execFileSync('npm', args, { cwd, encoding: 'utf8', env: { ...process.env, ...env, INIT_CWD: cwd }, stdio: 'pipe' });
  let packed = 0;
  return {
    dir,
    env,
    npm,
    pack(files) {
      const source = join(dir, `package-${(packed += 1)}`);
      writeFiles(source, files);
      const [entry] = JSON.parse(npm(source, 'pack', '--json', '--pack-destination', dir)) as { filename: string }[];
      return join(dir, entry?.filename ?? '');
    },
    host(name, dependencies, manifest = {}) {
      const host = join(dir, name);
      mkdirSync(host);
      const content = { name: 'host', version: '1.0.0', private: true, dependencies, ...manifest };
      writeFileSync(join(host, 'package.json'), `${JSON.stringify(content, null, 2)}\n`);
      npm(host, 'install');
      return host;
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** A registry of npm in this process, as far as npm install asks it. */
export interface RegistryStub extends AsyncDisposable {
  readonly url: string;
  /** Answers other paths. */
  readonly answers: Map<string, unknown>;
  /** Publishes a tarball under the name and version of its package. */
  publish(manifest: { readonly name: string; readonly version: string }, tarball: string): void;
}

/** Starts a registry on the loopback interface. */
export async function startRegistry(): Promise<RegistryStub> {
  const answers = new Map<string, unknown>();
  const packuments = new Map<string, { name: string; 'dist-tags': object; versions: { [version: string]: object } }>();
  const tarballs = new Map<string, string>();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').slice(1);
    const tarball = tarballs.get(path);
    const document = packuments.get(path) ?? answers.get(path);
    response.statusCode = tarball === undefined && document === undefined ? 404 : 200;
    response.setHeader('content-type', tarball === undefined ? 'application/json' : 'application/octet-stream');
    response.end(tarball === undefined ? JSON.stringify(document ?? { error: 'not found' }) : readFileSync(tarball));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    answers,
    publish({ name, version, ...rest }, tarball) {
      const path = `${name}/-/${basename(tarball)}`;
      tarballs.set(path, tarball);
      const integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
      const packument = packuments.get(name) ?? { name, 'dist-tags': {}, versions: {} };
      packument.versions[version] = { name, version, ...rest, dist: { tarball: `${url}${path}`, integrity } };
      packument['dist-tags'] = { latest: version };
      packuments.set(name, packument);
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
