import { CONTRACT_VERSION, type Marker } from '@clamor/contract';
import type { Fault } from './fault.ts';
import { type DeclaredPackage, type Manifest, findInstalledPackages } from './installed-packages.ts';
import { checkMarker } from './validate.ts';

/** A package that carries a valid marker. */
export interface DiscoveredPackage {
  /** Full package name. */
  readonly package: string;
  /** The name without scope and without the suite's prefix: `words` for `@clamor/spam-words` in suite spam. */
  readonly name: string;
  readonly version: string;
  /**
   * The name that the host declares it under when that is not its own: `"spam-words-next": "npm:@clamor/spam-words@1.1.0"`.
   * `null` when it stands under its own name.
   */
  readonly alias: string | null;
  readonly marker: Marker;
  readonly dir: string;
  readonly manifest: Manifest;
}

/** A package that was left out on purpose. */
export interface ExcludedPackage {
  readonly package: string;
  readonly version: string;
  /** As in {@link DiscoveredPackage}. */
  readonly alias: string | null;
  readonly reason: string;
}

/** Options of {@link discover}. */
export interface DiscoverOptions {
  /** Folder where the host is looked for; default the working directory. */
  readonly from?: string;
  /** Only these packages; default all that are declared. A full name means every version of it, an alias that version. */
  readonly packages?: readonly string[];
  /** Not these; names as in `packages`. */
  readonly exclude?: readonly string[];
}

/** What is installed. */
export interface Discovery {
  /** Folder of the host. */
  readonly host: string;
  /** Sorted by package name; of several versions of one package, the one under its own name first. */
  readonly packages: readonly DiscoveredPackage[];
  readonly excluded: readonly ExcludedPackage[];
  readonly faults: readonly Fault[];
}

/**
 * Finds the packages with a `clamor` marker among the dependencies that the host declares. Reads JSON only.
 *
 * @throws {RuntimeError} `HOST_NOT_FOUND`
 * @example
 * discover().packages.map((found) => found.package)
 */
export function discover(options: DiscoverOptions = {}): Discovery {
  const installed = findInstalledPackages(options.from ?? process.cwd());
  const faults = [...installed.faults];
  const packages: DiscoveredPackage[] = [];
  const excluded: ExcludedPackage[] = [];
  for (const candidate of installed.packages) {
    const reason = exclusion(candidate, options);
    if (reason !== null)
      excluded.push({
        package: candidate.manifest.name ?? candidate.dir,
        version: candidate.manifest.version ?? '',
        alias: candidate.alias,
        reason,
      });
    else describe(candidate, packages, faults);
  }
  const known = new Set([...packages, ...excluded].flatMap((found) => [found.package, found.alias]));
  for (const fault of faults) known.add(fault.package);
  for (const name of options.packages ?? []) if (!known.has(name)) faults.push(notDeclared(name));
  packages.sort(byPackage);
  return { host: installed.host.dir, packages, excluded, faults };
}

function exclusion({ manifest, alias }: DeclaredPackage, { packages, exclude = [] }: DiscoverOptions): string | null {
  const isNamed = (names: readonly string[]): boolean =>
    names.includes(manifest.name ?? '') || (alias !== null && names.includes(alias));
  if (isNamed(exclude)) return 'excluded by the host';
  if (packages !== undefined && !isNamed(packages)) return "not in the host's list of packages";
  return null;
}

/** By name; of several versions of one package, the one under its own name first. */
function byPackage(a: DiscoveredPackage, b: DiscoveredPackage): number {
  if (a.package !== b.package) return a.package < b.package ? -1 : 1;
  return Number(a.alias !== null) - Number(b.alias !== null);
}

function describe(candidate: DeclaredPackage, packages: DiscoveredPackage[], faults: Fault[]): void {
  const { manifest, dir, alias } = candidate;
  const common = { package: manifest.name ?? dir, version: manifest.version ?? null };
  const checked = checkMarker(manifest.clamor);
  if ('problem' in checked || manifest.name === undefined || manifest.version === undefined) {
    faults.push({
      ...common,
      code: 'PACKAGE_MANIFEST_INVALID',
      found: 'problem' in checked ? `a clamor field where ${checked.problem}` : 'no name or no version',
      wanted: '"clamor": { "kind", "suite", "contract", "owner" } beside a name and a version',
      todo: 'Correct its package.json.',
    });
    return;
  }
  const marker = checked.value;
  if (marker.contract !== CONTRACT_VERSION) {
    faults.push({
      ...common,
      code: 'PACKAGE_CONTRACT_MISMATCH',
      found: `contract ${marker.contract}`,
      wanted: `contract ${CONTRACT_VERSION}`,
      todo: `Install a version of it for contract ${CONTRACT_VERSION}, or another version of @clamor/runtime.`,
    });
    return;
  }
  packages.push({
    package: manifest.name,
    name: shortName(manifest.name, marker),
    version: manifest.version,
    alias,
    marker,
    dir,
    manifest,
  });
}

function shortName(name: string, marker: Marker): string {
  const bare = name.slice(name.indexOf('/') + 1);
  const prefix = `${marker.suite ?? ''}-`;
  return bare.startsWith(prefix) && bare.length > prefix.length ? bare.slice(prefix.length) : bare;
}

function notDeclared(name: string): Fault {
  return {
    package: name,
    version: null,
    code: 'PACKAGE_MISSING',
    found: 'no declared dependency or workspace package of that name with a clamor marker',
    wanted: 'an installed package',
    todo: 'Install it, or take it off the list of packages.',
  };
}
