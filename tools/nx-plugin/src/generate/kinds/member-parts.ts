import type { WorkspaceFiles } from '../files.ts';
import type { EncodeSamples } from '../encode-samples.ts';
import type { ReadSample } from '../read-samples.ts';
import type { TemplateValues } from '../render.ts';
import type { KnownPackage } from '../workspace.ts';

/** What the parts of a member are made from. */
export interface PartsContext {
  readonly files: WorkspaceFiles;
  /** Export condition of sources. */
  readonly condition: string;
  /** What of each sample is read, shape [n]. */
  readonly read: readonly ReadSample[];
  /** The encoder of a head; `null` for other kinds. */
  readonly encoder: KnownPackage | null;
  readonly encodeSamples: EncodeSamples;
}

/** What a kind of member has that others have not. */
export interface MemberParts {
  /** Folders of templates besides the shared one, and files of them that are left out. */
  readonly templates: readonly string[];
  readonly without?: readonly string[];
  readonly values: TemplateValues;
  /** What each sample scores before anything is fitted, shape [n], float32. */
  readonly scores: readonly number[];
  readonly artifact: Uint8Array | null;
  /** Of the record. */
  readonly inputs: object;
}
