import type { Judgement } from '@clamor/contract';
import type { ChangedPositives, JudgementChange, MemberFigures, ScoreShift, SuiteFigures } from '@clamor/evaluation';

/** What a version number must say: the smallest step that is honest. */
export type VersionBump = 'patch' | 'minor' | 'major';

/** What can make a version more than a patch. */
export type ChangedThing =
  | 'suite'
  | 'contract'
  | 'contract range'
  | 'suite range'
  | 'inputs'
  | 'encoder'
  | 'encoder range'
  | 'abstaining'
  | 'needs'
  | 'judgements'
  | 'outputs'
  | 'width'
  | 'formats'
  | 'mode'
  | 'policy';

/** One reason for a bump. */
export interface BumpCause {
  readonly bump: VersionBump;
  readonly what: ChangedThing;
  /** What a manifest or record said before; `null` where it shows in examples. */
  readonly was: string | null;
  /** What it says now, likewise. */
  readonly now: string | null;
}

/** What changes between two versions of a package, and the bump that follows from it. */
export interface CompareAnswer {
  /** Full package name. */
  readonly package: string;
  readonly kind: 'classifier' | 'encoder' | 'suite';
  /** Versions as their package.json have them. */
  readonly version: { readonly before: string; readonly after: string };
  readonly bump: VersionBump;
  /** The weightiest first; empty for a patch. */
  readonly causes: readonly BumpCause[];
  /** Of a member; otherwise `null`. */
  readonly member: MemberComparison | null;
  /** Of an encoder or a suite; otherwise `null`. */
  readonly outputs: OutputComparison | null;
  /** Whether the changesets say enough; `null` when nobody asked. */
  readonly changeset: ChangesetCheck | null;
}

/** Two versions of a member on the examples of one split, beside the same others. */
export interface MemberComparison {
  readonly examples: number;
  /** Examples on which the judgement differs. */
  readonly changed: number;
  readonly ways: readonly ChangedWay[];
  readonly scores: ScoreShift;
  /** The suite's positives that stay, come and go. */
  readonly positives: ChangedPositives;
  readonly suite: { readonly before: SuiteFigures; readonly after: SuiteFigures };
  readonly figures: { readonly before: MemberFigures; readonly after: MemberFigures };
  /** Examples to read; empty unless the split has the role explore. */
  readonly shown: readonly ChangedExample[];
}

/** Judgements that changed in one way. */
export type ChangedWay = Omit<JudgementChange, 'places'>;

/** One example whose judgement changed. Its title is hostile input: every renderer bounds and escapes it. */
export interface ChangedExample {
  readonly key: string;
  readonly title: string;
  readonly label: 0 | 1 | null;
  readonly from: Judgement;
  readonly to: Judgement;
  /** Scores; `null` where the version has abstained or failed. */
  readonly before: number | null;
  readonly after: number | null;
}

/** The outputs of two versions of an encoder or of a suite's parsing, compared bit for bit. */
export interface OutputComparison {
  /** What was compared: parsed examples, or rows of texts. */
  readonly unit: 'example' | 'text';
  readonly compared: number;
  readonly differing: number;
  /** Keys of the first that differ; empty unless the split has the role explore. */
  readonly keys: readonly string[];
}

/** What the changesets of a repository say of a package, against what its behaviour asks for. */
export interface ChangesetCheck {
  /** The largest bump of a changeset that names the package. */
  readonly said: VersionBump | 'none';
  /** The bump that its version number has taken already since the other version. */
  readonly versioned: VersionBump | 'none';
  readonly isEnough: boolean;
  /** Names of the changesets that name the package. */
  readonly files: readonly string[];
  /** The lines of the changeset to write; `null` when enough is said. */
  readonly write: readonly string[] | null;
}
