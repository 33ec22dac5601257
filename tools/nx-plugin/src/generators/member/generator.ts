import type { GeneratorCallback, Tree } from '@nx/devkit';
import { type MemberOptions, type MemberProcesses, generateMember } from '../../generate/generate-member.ts';
import { treeFiles, writePackages } from '../run-generator.ts';

/** `nx g @clamor/nx:member <suite>/<member>` */
export default async function memberGenerator(
  tree: Tree,
  options: MemberOptions & { readonly skipInstall?: boolean },
  processes?: MemberProcesses,
): Promise<GeneratorCallback> {
  return writePackages(tree, [generateMember(treeFiles(tree), options, processes)], options);
}
