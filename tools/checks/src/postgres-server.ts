import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A PostgreSQL server for one test: its data in a folder of its own, reached through a socket there and nowhere else. */
export interface PostgresServer {
  /**
   * Runs SQL as its superuser, in one session, and returns what it prints.
   *
   * @param cwd - Where `\copy` finds its files.
   * @throws When a statement fails.
   */
  run(sql: string, cwd: string): string;
  /** Stops the server and removes its folder. */
  stop(): Promise<void>;
}

const PATHS = ['/usr/bin', '/usr/local/bin', ...globSync('/usr/lib/postgresql/*/bin')];

/** Starts a server, or says why there can be none. */
export async function startPostgres(): Promise<PostgresServer | string> {
  const binaries = ['initdb', 'postgres', 'psql'].map((name) => globSync(PATHS.map((path) => join(path, name)))[0]);
  const [initdb, postgres, psql] = binaries;
  if (initdb === undefined || postgres === undefined || psql === undefined) return 'PostgreSQL is not installed';

  const folder = mkdtempSync(join(tmpdir(), 'clamor-pg-'));
  const user = serverUser();
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const made = spawnSync(initdb, ['-D', data, '-U', 'clamor', '-A', 'trust', '-E', 'UTF8', '--no-locale', '-N'], {
    ...user,
    cwd: folder,
    encoding: 'utf8',
  });
  if (made.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    return `initdb failed: ${made.stderr.trim().split('\n').at(-1)}`;
  }
  const server = spawn(postgres, ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off'], {
    ...user,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await isReady(server);
  const connection = ['-h', folder, '-U', 'clamor', '-d', 'postgres', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', '-'];
  return {
    run: (sql, cwd) => execFileSync(psql, connection, { cwd, input: sql, encoding: 'utf8' }),
    stop: async () => {
      const exited = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGINT');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root: then as the user that its package made, or as nobody. */
function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }));
    if (uid?.status === 0 && gid?.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  return undefined;
}

/** Resolves when the server says that it takes connections. */
async function isReady(server: ChildProcess): Promise<void> {
  let log = '';
  await new Promise<void>((resolve, reject) => {
    server.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      if (log.includes('ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${log}`)));
  });
}
