import { createHash } from 'node:crypto';
import type { NxErrorCode } from '../errors.ts';
import { cardFaults } from './card-faults.ts';

/** A package as npm would publish it. */
export interface PackedPackage {
  readonly manifest: PackedManifest;
  /** Paths of its files, relative to the package. */
  readonly files: readonly string[];
  /** `null` when there is no such file. */
  read(path: string): Uint8Array | null;
}

/** What is checked of a package.json. */
export interface PackedManifest {
  readonly name: string;
  readonly exports?: unknown;
  readonly bin?: string | { readonly [name: string]: string };
  readonly clamor?: { readonly kind?: string; readonly suite?: string };
}

/** What is wrong with a package that is to be published. */
export interface PackFault {
  readonly code: NxErrorCode;
  readonly message: string;
}

/** What of `assets/record.json` is checked. */
export interface PackedRecord {
  readonly artifact?: PackedArtifact | null;
  readonly tokenizer?: PackedArtifact | null;
  readonly fit?: { readonly data?: string };
  readonly figures?: readonly { readonly split: string; readonly examples: number }[];
}

interface PackedArtifact {
  readonly file: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

const REQUIRED: { readonly [kind: string]: readonly string[] } = {
  classifier: ['assets/record.json', 'assets/samples.jsonl'],
  encoder: ['assets/record.json'],
  suite: ['assets/policy.json'],
};
/** What nobody who installs a package needs, or what must not leave the house. */
const UNWANTED =
  /^(src|test|training|bench|evidence|node_modules)\/|\.test\.[cm]?[jt]sx?$|(^|\/)(\.env|\.npmrc|(tsconfig\.json|tsup\.config\.ts)$)|\.tgz$/;

/**
 * What is wrong with a package's files, its artifacts and its card; empty when all is well.
 *
 * All faults at once. What tools say of `exports` and types is not among them.
 */
export function packFaults(packed: PackedPackage): PackFault[] {
  const { manifest, files } = packed;
  const kind = manifest.clamor?.kind ?? '';
  const wanted = ['package.json', 'README.md', ...exportedFiles(manifest), ...(REQUIRED[kind] ?? [])];
  const missing = wanted.filter((file) => !files.includes(file));
  const faults: PackFault[] = [...new Set(missing)].map((file) => ({
    code: 'PACK_FILE_MISSING',
    message: `${file} is not in the package. Build it, or name its folder under "files".`,
  }));
  for (const file of files.filter((each) => UNWANTED.test(each))) {
    faults.push({
      code: 'PACK_FILE_UNWANTED',
      message: `${file} would be published. Narrow "files" of the package.json.`,
    });
  }
  if (kind !== 'classifier' && kind !== 'encoder') return faults;
  const record = readRecord(packed);
  if (record === null) return faults;
  faults.push(...[record.artifact, record.tokenizer].flatMap((each) => artifactFaults(packed, each ?? null)));
  return kind === 'encoder' ? faults : [...faults, ...cardFaults(text(packed.read('README.md')), record)];
}

/** Files that `exports` and `bin` name, those of the sources' condition left out: they are for the workspace. */
function exportedFiles({ exports, bin }: PackedManifest): string[] {
  const targets = [...namedFiles(exports), ...(typeof bin === 'string' ? [bin] : Object.values(bin ?? {}))];
  return targets.map((file) => file.replace(/^\.\//, '')).filter((file) => !file.includes('*'));
}

function namedFiles(target: unknown): string[] {
  if (typeof target === 'string') return [target];
  if (typeof target !== 'object' || target === null) return [];
  return Object.entries(target).flatMap(([name, value]) => (name.endsWith('/source') ? [] : namedFiles(value)));
}

function readRecord(packed: PackedPackage): PackedRecord | null {
  try {
    return JSON.parse(text(packed.read('assets/record.json'))) as PackedRecord;
  } catch {
    return null;
  }
}

function artifactFaults(packed: PackedPackage, artifact: PackedArtifact | null): PackFault[] {
  if (artifact === null) return [];
  const file = `assets/${artifact.file}`;
  const bytes = packed.files.includes(file) ? packed.read(file) : null;
  if (bytes === null) {
    return [{ code: 'PACK_FILE_MISSING', message: `${file}, the artifact of the record, is not in the package.` }];
  }
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found === artifact.sha256 && bytes.length === artifact.sizeBytes) return [];
  return [
    {
      code: 'PACK_ARTIFACT_MISMATCH',
      message: `${file} has ${bytes.length} bytes of hash ${found}; assets/record.json says ${artifact.sizeBytes} of ${artifact.sha256}. Train it again: every host refuses it.`,
    },
  ];
}

function text(bytes: Uint8Array | null): string {
  return bytes === null ? '' : new TextDecoder().decode(bytes);
}
