import type { GeneratorCallback, Tree } from '@nx/devkit';
import type { WorkspaceFiles } from '../generate/files.ts';
import { formatGenerated } from '../generate/format-files.ts';
import { installWorkspace } from '../generate/install.ts';
import type { GeneratedPackage } from '../generate/generate-member.ts';

/** An Nx tree as the generators read it. */
export function treeFiles(tree: Tree): WorkspaceFiles {
  return {
    root: tree.root,
    exists: (path) => tree.exists(path),
    read: (path) => tree.read(path, 'utf8'),
    children: (path) => (tree.exists(path) ? tree.children(path) : []),
  };
}

/**
 * Writes generated packages into an Nx tree, formatted.
 *
 * @returns What Nx calls once the files are on disk, and not in a dry run: the install.
 */
export async function writePackages(
  tree: Tree,
  packages: readonly GeneratedPackage[],
  { skipInstall = false }: { readonly skipInstall?: boolean | undefined },
): Promise<GeneratorCallback> {
  const files = await formatGenerated(
    tree.root,
    packages.flatMap((each) => each.files),
  );
  for (const { path, content } of files) tree.write(path, typeof content === 'string' ? content : Buffer.from(content));
  return () => {
    if (!skipInstall) installWorkspace(tree.root);
  };
}
