import { copyFile, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import semver from 'semver';

import { CliError } from './errors.ts';
import { linkPeers } from './host-around.ts';
import type { Io } from './io.ts';
import { printable } from './io.ts';
import type { OtherFolder } from './other-folder.ts';
import { runNpm } from './run-npm.ts';

/** What {@link installVersion} takes. */
export interface InstallVersionOptions {
  /** Full package name. */
  readonly package: string;
  /** A version, a range or a tag: `1.2.0`, `^1`, `latest`. */
  readonly version: string;
  /** Where that package is installed now; what its other version has for peers comes from there. */
  readonly dir: string;
  /** Folder of the host, whose settings of npm hold. */
  readonly host: string;
}

/** No script of a package runs, and nothing is asked that is not needed. */
const QUIET = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--legacy-peer-deps', '--omit=dev'];

/**
 * Installs a published version of a package into a temporary host, by npm.
 *
 * Its peers (the contract, the suite) are those installed now where its ranges admit them, so that the package is all that
 * differs; otherwise npm installs what they ask for.
 *
 * @throws {CliError} `CLI_USAGE` for what is no version; `CLI_VERSION_MISSING` when the registry has none like it,
 * `CLI_REGISTRY_FAILED` when npm does not get it for another reason: no network, no access.
 */
export async function installVersion(options: InstallVersionOptions, io: Io): Promise<OtherFolder> {
  const { package: name, version, dir, host } = options;
  const isRange = version.trim() !== '' && semver.validRange(version) !== null;
  if (!isRange && !/^[a-z][\w.-]*$/i.test(version)) {
    throw new CliError(
      'CLI_USAGE',
      `"npm:${version}" names no version. Give one, a range or a tag: npm:1.2.0, npm:latest.`,
    );
  }
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'clamor-npm-')));
  const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'clamor-other-version', private: true }));
    // Whoever may install from the host's registries may do so here.
    await copyFile(join(host, '.npmrc'), join(folder, '.npmrc')).catch(() => undefined);
    await npmInstall([`${name}@${version}`], folder, io);
    const missing = await linkPeers(folder, { package: name, from: dir });
    if (missing.length > 0) await npmInstall(missing, folder, io);
    return { dir: folder, member: join(folder, 'node_modules', name), [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function npmInstall(specs: readonly string[], folder: string, io: Io): Promise<void> {
  const { exitCode, output } = await runNpm(['install', ...specs, ...QUIET], folder, io.signal);
  if (exitCode === 0) return;
  io.signal.throwIfAborted();
  const isMissing = /\bcode (E404|ETARGET|ENOVERSIONS)\b/.test(output);
  const said = printable(output.trim().split('\n').slice(0, 6).join('\n').slice(0, 1000));
  throw new CliError(
    isMissing ? 'CLI_VERSION_MISSING' : 'CLI_REGISTRY_FAILED',
    isMissing
      ? `The registry has no ${specs.join(', ')}. Name a published version (npm view NAME versions), or git:REF or a folder.\n${said}`
      : `npm cannot install ${specs.join(', ')}. Is the registry within reach? git:REF and a folder need none.\n${said}`,
  );
}
