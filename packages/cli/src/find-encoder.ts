import { isAbsolute, resolve } from 'node:path';

import { findEncoders, type InstalledEncoder } from '@clamor/runtime';

import { CliError } from './errors.ts';

/**
 * The encoder of a name: that of its package (`@clamor/encoder-minilm`, `encoder-minilm`) or what comes after `encoder-` (`minilm`); with
 * `@VERSION` behind it where several versions are there. Without a version, the one that the host itself declares. A path (`./made`,
 * or absolute) is the folder of its package.
 *
 * @param from - Folder where the host is looked for.
 * @throws {CliError} `CLI_ENCODER_UNKNOWN`, naming those there are; `CLI_ENCODER_AMBIGUOUS`
 */
export function findEncoder(name: string, from: string): Pick<InstalledEncoder, 'dir'> {
  if (isAbsolute(name) || /^\.{1,2}[/\\]/.test(name)) return { dir: resolve(from, name) };
  const encoders = findEncoders(from);
  const at = name.lastIndexOf('@');
  const [wanted, version] = at > 0 ? [name.slice(0, at), name.slice(at + 1)] : [name, null];
  const named = encoders.filter(
    (each) => namesOf(each.package).includes(wanted) && [null, each.version].includes(version),
  );
  const declared = named.filter(({ isDeclared }) => isDeclared);
  const found = version === null && declared.length > 0 ? declared : named;
  if (found.length === 1) return found[0]!;
  if (found.length === 0) {
    throw new CliError(
      'CLI_ENCODER_UNKNOWN',
      `There is no encoder "${name}" among the packages around ${from}; there are ${listed(encoders)}.\nCheck the name, or install its package.`,
    );
  }
  throw new CliError(
    'CLI_ENCODER_AMBIGUOUS',
    `"${name}" may be each of ${found.map(({ dir, ...each }) => `${listed([each])} in ${dir}`).join('; ')}.\nName one as PACKAGE@VERSION, or run this in the folder of the member that reads it.`,
  );
}

/** `@acme/encoder-a` is `encoder-a` and `a`, too. */
function namesOf(name: string): string[] {
  const bare = name.slice(name.indexOf('/') + 1);
  return [name, bare, bare.replace(/^encoder-/, '')];
}

function listed(encoders: readonly Pick<InstalledEncoder, 'package' | 'version'>[]): string {
  return encoders.map(({ package: name, version }) => `${name}@${version}`).join(', ') || 'none';
}
