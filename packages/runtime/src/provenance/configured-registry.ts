import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * The registry that npm is configured with for a package: that of its scope, otherwise the one for all.
 *
 * npm itself is asked, because only it knows all the places where this may be said.
 *
 * @param name - Full name of the package.
 * @param host - Folder of the host.
 * @returns Its address, as npm prints it.
 * @throws {Error} when npm is not there or says none.
 */
export async function configuredRegistry(name: string, host: string): Promise<string> {
  const scope = name.startsWith('@') ? [`${name.split('/')[0]}:registry`] : [];
  const { stdout } = await promisify(execFile)('npm', ['config', 'get', ...scope, 'registry'], {
    cwd: host,
    timeout: 10_000,
    shell: process.platform === 'win32', // There npm is a script.
  });
  // One value as it is; of several, `name=value` each.
  const values = stdout.split('\n').map((line) => line.replace(/^(@[^=]*:)?registry=/, '').trim());
  const registry = values.find((value) => /^https?:/.test(value));
  if (registry === undefined) throw new Error(`npm names no registry for ${name}`);
  return registry;
}
