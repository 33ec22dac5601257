import type { KnownPackage } from '../generate/workspace.ts';

/** A model of the workspace that a merge touches. */
export interface ChangedModel {
  readonly kind: 'classifier' | 'suite' | 'encoder';
  /** Full package name. */
  readonly name: string;
  /** Folder relative to the workspace, with slashes. */
  readonly dir: string;
  readonly isPrivate: boolean;
  /** Suites whose examples it answers for: its own; of an encoder those of the members that read it. Sorted. */
  readonly suites: readonly string[];
}

/** Below a model, what no judgement follows from: tests, documents, the recipe that made what is in assets/. */
const NO_BEHAVIOUR = /(^|\/)(test|training|bench)\/|\.test(-d)?\.ts$|\.md$/;

const KINDS = ['classifier', 'suite', 'encoder'] as const;

/**
 * The members, suites and encoders whose code, assets or package.json a change touches; one that was removed is none.
 *
 * A member that reads a changed encoder or suite, and is not touched itself, is not among them: it goes with what it reads.
 *
 * @param files - Changed files, relative to the workspace, with slashes.
 * @param packages - Of the workspace; those that are only installed are left out.
 * @returns Sorted by name.
 */
export function changedModels(files: readonly string[], packages: readonly KnownPackage[]): ChangedModel[] {
  const own = packages.filter(({ isOwn }) => isOwn);
  return own
    .flatMap(({ dir, manifest }) => {
      const { name, clamor } = manifest;
      const kind = KINDS.find((each) => each === clamor?.kind);
      // The slash keeps models/spam/words from matching models/spam/words-of-the-subject.
      const isTouched = files.some(
        (file) => file.startsWith(`${dir}/`) && !NO_BEHAVIOUR.test(file.slice(dir.length + 1)),
      );
      if (name === undefined || kind === undefined || !isTouched) return [];
      const suites = kind === 'encoder' ? readersOf(name, own) : [clamor?.suite ?? ''];
      return [{ kind, name, dir, isPrivate: manifest.private === true, suites }];
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function readersOf(encoder: string, packages: readonly KnownPackage[]): string[] {
  const suites = packages.flatMap(({ manifest: { clamor, dependencies } }) =>
    clamor?.kind === 'classifier' && clamor.suite !== undefined && encoder in (dependencies ?? {})
      ? [clamor.suite]
      : [],
  );
  return [...new Set(suites)].toSorted();
}
