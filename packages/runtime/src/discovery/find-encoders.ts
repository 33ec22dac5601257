import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { type DiscoveredPackage, discover } from './discover.ts';
import { type Manifest, installedFolder } from './installed-packages.ts';
import { checkMarker } from './validate.ts';

/** An encoder that is there, whether a member reads it or not. */
export interface InstalledEncoder {
  /** Full package name. */
  readonly package: string;
  readonly version: string;
  readonly dir: string;
  /** Whether it is a package of the workspace, or the host itself declares it. */
  readonly isDeclared: boolean;
  /** Members that depend on this very copy, as `name version`. */
  readonly members: readonly string[];
}

/**
 * The encoders of a host: those that it declares, its workspace packages, and those that its members depend on, each where Node
 * would find it. Reads JSON only; what is wrong with one shows when it is used.
 *
 * @param from - Folder where the host is looked for. That of a member gives the encoder that the member would import.
 * @returns By package, then version; several versions of one may be there.
 * @throws {RuntimeError} `HOST_NOT_FOUND`
 */
export function findEncoders(from: string): InstalledEncoder[] {
  const { packages } = discover({ from });
  const found = new Map<string, InstalledEncoder>();
  for (const { package: name, version, dir, marker } of packages) {
    if (marker.kind === 'encoder') found.set(dir, { package: name, version, dir, isDeclared: true, members: [] });
  }
  for (const member of packages.filter(({ marker }) => marker.kind === 'classifier')) {
    for (const encoder of encodersOf(member)) {
      const known = found.get(encoder.dir) ?? encoder;
      found.set(encoder.dir, { ...known, members: [...known.members, `${member.name} ${member.version}`] });
    }
  }
  return [...found.values()].toSorted((a, b) => order(a.package, b.package) || order(a.version, b.version));
}

function encodersOf({ dir, manifest }: DiscoveredPackage): InstalledEncoder[] {
  return Object.keys({ ...manifest.optionalDependencies, ...manifest.dependencies }).flatMap((name) => {
    const folder = installedFolder(dir, name);
    const encoder = folder === null ? null : describe(realpathSync(folder));
    return encoder === null ? [] : [encoder];
  });
}

/** `null` for what is no encoder. */
function describe(dir: string): InstalledEncoder | null {
  try {
    const { name, version, clamor } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as Manifest;
    const checked = checkMarker(clamor);
    if (!('value' in checked) || checked.value.kind !== 'encoder') return null;
    return name === undefined || version === undefined
      ? null
      : { package: name, version, dir, isDeclared: false, members: [] };
  } catch {
    return null;
  }
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
