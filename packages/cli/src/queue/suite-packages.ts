import { CliError } from '../errors.ts';
import { readObjects } from './git-objects.ts';
import { gitOutput } from './git-output.ts';

/** What the queue reads of a package.json. */
export interface RawManifest {
  readonly name?: string;
  readonly version?: string;
  readonly private?: boolean;
  readonly clamor?: {
    readonly kind?: string;
    readonly suite?: string;
    readonly contract?: number;
    readonly owner?: string;
    readonly mode?: string;
  };
  readonly dependencies?: { readonly [name: string]: string };
  readonly peerDependencies?: { readonly [name: string]: string };
  readonly workspaces?: readonly string[] | { readonly packages?: readonly string[] };
}

/** A package of the suite in a tree. */
export interface TreePackage {
  /** Folder in the repository; empty for its top. */
  readonly folder: string;
  readonly manifest: RawManifest;
}

/** What the base holds of a suite. */
export interface SuiteTree {
  /** Name of the suite: `spam`. */
  readonly suite: string;
  /** Full name of its package. */
  readonly package: string;
  readonly members: readonly TreePackage[];
  /** Folder with the log of evidence; `null` when there is no package of kind evaluation. */
  readonly evidence: string | null;
  /** Every path of the tree. */
  readonly paths: readonly string[];
  /** Whether a path is the package.json of a package of this repository. */
  readonly isPackage: (path: string) => boolean;
}

/** What {@link readSuiteTree} takes. */
export interface ReadSuiteTreeOptions {
  readonly cwd: string;
  readonly commit: string;
  /** Default the only one. */
  readonly suite?: string;
  /** Folder of the log of evidence; default `evidence` in the package of kind evaluation. */
  readonly evidence?: string;
}

/**
 * Finds a suite and its packages in a commit, by their markers.
 *
 * @throws {CliError} `CLI_QUEUE_SUITE_UNKNOWN`, `CLI_QUEUE_GIT_FAILED`
 */
export async function readSuiteTree({ cwd, commit, suite, evidence }: ReadSuiteTreeOptions): Promise<SuiteTree> {
  const { stdout } = await gitOutput(['ls-tree', '-r', '-z', '--name-only', '--full-tree', commit], { cwd });
  const paths = stdout.toString('utf8').split('\0').slice(0, -1);
  const manifests = paths.filter((path) => /(^|\/)package\.json$/.test(path));
  const read = await readObjects(
    manifests.map((path) => `${commit}:${path}`),
    parseManifest,
    { cwd },
  );
  const isPackage = packageTest(read.get(`${commit}:package.json`) ?? null);
  const names = new Map(manifests.filter(isPackage).map((path) => [`${commit}:${path}`, folderOf(path)]));
  const packages = [...names].flatMap(([name, folder]) => {
    const manifest = read.get(name) ?? null;
    return manifest?.clamor === undefined ? [] : [{ folder, manifest }];
  });
  const found = chooseSuite(packages, suite, commit);
  const name = found.manifest.clamor?.suite ?? '';
  const own = packages.filter(({ manifest }) => manifest.clamor?.suite === name);
  const leaf = own.find(({ manifest }) => manifest.clamor?.kind === 'evaluation');
  return {
    suite: name,
    package: found.manifest.name ?? '',
    members: own.filter(({ manifest }) => manifest.clamor?.kind === 'classifier'),
    evidence: evidence ?? (leaf === undefined ? null : joinPath(leaf.folder, 'evidence')),
    paths,
    isPackage,
  };
}

/**
 * Which package.json files are packages of the repository: those that its workspaces name, so that a member in a test is none; without
 * workspaces, all but installed ones.
 */
function packageTest(root: RawManifest | null): SuiteTree['isPackage'] {
  const given = root?.workspaces ?? [];
  const patterns: readonly string[] = 'packages' in given ? (given.packages ?? []) : (given as readonly string[]);
  const included = patterns.filter((pattern) => typeof pattern === 'string' && !pattern.startsWith('!'));
  if (included.length === 0) return (path) => /(^|\/)package\.json$/.test(path) && !isInstalled(path);
  const tests = included.map(globTest);
  return (path) => path === 'package.json' || (!isInstalled(path) && tests.some((test) => test.test(path)));
}

function isInstalled(path: string): boolean {
  return path.includes('node_modules/');
}

/** Of a pattern of workspaces: `*` is one folder or a part of its name, `**` any number of folders. */
function globTest(pattern: string): RegExp {
  const parts = pattern.replace(/^\.\//, '').replace(/\/+$/, '').split('/');
  const sources = parts.map((part) =>
    part === '**' ? '(?:[^/]+/)*' : `${part.replaceAll(/[.+^${}()|[\]\\?]/g, '\\$&').replaceAll('*', '[^/]*')}/`,
  );
  return new RegExp(`^${sources.join('')}package\\.json$`);
}

function chooseSuite(packages: readonly TreePackage[], wanted: string | undefined, commit: string): TreePackage {
  const suites = packages.filter(({ manifest }) => manifest.clamor?.kind === 'suite');
  const matching = suites.filter(({ manifest }) => wanted === undefined || manifest.clamor?.suite === wanted);
  if (matching.length === 1) return matching[0]!;
  const known =
    suites
      .map(({ manifest }) => manifest.clamor?.suite ?? '')
      .toSorted()
      .join(', ') || 'none';
  throw new CliError(
    'CLI_QUEUE_SUITE_UNKNOWN',
    `${wanted === undefined ? `${suites.length} suites are` : `${matching.length} suites of the name "${wanted}" are`} in the packages of ${commit.slice(0, 12)}; known: ${known}.\nName one: clamor queue SUITE. The suite's package must be in this repository, on the base.`,
  );
}

/** A package.json; `null` for what is none. */
export function parseManifest(bytes: Buffer): RawManifest | null {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    return value;
  } catch {
    return null;
  }
}

/** Folder of a path; empty at the top. */
export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

/**
 * The folders that a path is in, the outermost first.
 *
 * @example foldersOf('a/b/c') // ['a', 'a/b']
 */
export function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
}

/** A path in a folder of a tree. */
export function joinPath(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}

/**
 * The short name of a member, as discovery has it: its package without scope and suite.
 *
 * @example shortName('@clamor/spam-words', 'spam') // 'words'
 */
export function shortName(name: string, suite: string): string {
  const bare = name.slice(name.indexOf('/') + 1);
  return bare.startsWith(`${suite}-`) && bare.length > suite.length + 1 ? bare.slice(suite.length + 1) : bare;
}
