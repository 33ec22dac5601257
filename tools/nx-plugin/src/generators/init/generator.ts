import type { GeneratorCallback, Tree } from '@nx/devkit';
import { generateInit } from '../../generate/generate-init.ts';
import { treeFiles, writePackages } from '../run-generator.ts';

/** `nx g @clamor/nx:init`; `nx add @clamor/nx` runs it, too. */
export default async function initGenerator(
  tree: Tree,
  options: { readonly skipInstall?: boolean } = {},
): Promise<GeneratorCallback> {
  const files = generateInit(treeFiles(tree));
  return writePackages(tree, [{ name: '', dir: '.', files }], {
    skipInstall: options.skipInstall === true || files.length === 0,
  });
}
