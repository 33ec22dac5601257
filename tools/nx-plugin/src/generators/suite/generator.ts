import type { GeneratorCallback, Tree } from '@nx/devkit';
import { type SuiteOptions, generateSuite } from '../../generate/generate-suite.ts';
import { treeFiles, writePackages } from '../run-generator.ts';

/** `nx g @clamor/nx:suite <name>` */
export default async function suiteGenerator(
  tree: Tree,
  options: SuiteOptions & { readonly skipInstall?: boolean },
): Promise<GeneratorCallback> {
  return writePackages(tree, generateSuite(treeFiles(tree), options), options);
}
