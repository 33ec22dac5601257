import type { GeneratorCallback, Tree } from '@nx/devkit';
import { type CountTerms, countTerms } from '../../generate/count-terms.ts';
import { type MemberOptions, generateMember } from '../../generate/generate-member.ts';
import { treeFiles, writePackages } from '../run-generator.ts';

/** `nx g @clamor/nx:member <suite>/<member>` */
export default async function memberGenerator(
  tree: Tree,
  options: MemberOptions & { readonly skipInstall?: boolean },
  count: CountTerms = countTerms,
): Promise<GeneratorCallback> {
  return writePackages(tree, [generateMember(treeFiles(tree), options, count)], options);
}
