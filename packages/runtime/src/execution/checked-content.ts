import { errorMessage } from '@clamor/contract';
import { type ContentSource, contentHashes } from '../versions/content.ts';

/** A package whose files were checked before it is imported. */
export interface CheckedContent extends ContentSource {
  readonly entry: string;
  /** Of the files that were checked, see `contentHashes`. */
  readonly contentHash: string;
}

/** What is wrong with the content of a package, and what to do. */
export interface ContentProblem {
  readonly found: string;
  readonly wanted: string;
  readonly todo: string;
}

/** Entry → hash of the content that this thread imported: modules stay as they were, whatever is on the disk by then. */
const importedHere = new Map<string, string>();

/**
 * Whether importing a package now gives the files that were checked. They may have changed meanwhile, because an installation goes on
 * beside a running suite; or this very thread has imported them before they changed.
 *
 * @returns `null` when it does; then the import must follow.
 */
export async function beforeImport(content: CheckedContent): Promise<ContentProblem | null> {
  const changed = await changedContent(content);
  if (changed !== null) return changed;
  const before = importedHere.get(content.entry) ?? content.contentHash;
  importedHere.set(content.entry, before);
  if (before === content.contentHash) return null;
  return {
    found: `other code in ${content.dir} than this thread has imported before (${before})`,
    wanted: `a thread of its own for ${content.contentHash}: what runs inline is not imported anew`,
    todo: 'Start the process again, or let the member run in a worker.',
  };
}

/** Whether the files of a package are those that were checked; asked again after a load, so that nothing slips in between. */
export async function changedContent(content: CheckedContent): Promise<ContentProblem | null> {
  const hash = await contentHashes(content).then(({ contentHash }) => contentHash, errorMessage);
  if (hash === content.contentHash) return null;
  return {
    found: `code or assets in ${content.dir} that were changed since they were checked (${hash})`,
    wanted: `those that the suite version stands for (${content.contentHash})`,
    todo: 'Reload the suite when the installation is finished.',
  };
}
