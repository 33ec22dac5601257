import { spawnSync } from 'node:child_process';
import { CreateError, type CreateErrorCode } from './errors.ts';

const IS_WINDOWS = process.platform === 'win32';

/**
 * Installs what a project needs.
 *
 * @param packages - Newest versions to add to its package.json; none: what that asks for already.
 * @throws {CreateError} `CREATE_INSTALL_FAILED`
 */
export function install(dir: string, packages: readonly string[] = []): void {
  const specs = packages.length === 0 ? [] : ['--', ...packages.map((name) => `${name}@latest`)];
  runTool(dir, { code: 'CREATE_INSTALL_FAILED', command: ['npm', 'install', '--no-audit', '--no-fund', ...specs] });
}

/**
 * Writes the lock of a host: what is installed is what may run.
 *
 * @throws {CreateError} `CREATE_LOCK_FAILED`
 */
export function lock(dir: string): void {
  runTool(dir, { code: 'CREATE_LOCK_FAILED', command: ['npm', 'run', '--silent', 'lock'] });
}

interface Tool {
  readonly code: CreateErrorCode;
  readonly command: readonly [string, ...string[]];
}

function runTool(dir: string, { code, command: [program, ...args] }: Tool): void {
  // Names were checked: nothing in them means anything to a shell.
  const { status, error } = spawnSync(program, args, { cwd: dir, stdio: 'inherit', shell: IS_WINDOWS });
  if (status === 0) return;
  const said = `${program} ${args.slice(0, 2).join(' ')}`;
  throw new CreateError(
    code,
    `"${said}" in ${dir} ended with ${error?.message ?? status}; its own message is above.\nThe files of the project are there: mend the cause and run it again.`,
  );
}
