import type { GeneratorCallback, Tree } from '@nx/devkit';
import { type EncoderOptions, generateEncoder } from '../../generate/generate-encoder.ts';
import { treeFiles, writePackages } from '../run-generator.ts';

/** `nx g @clamor/nx:encoder <name>` */
export default async function encoderGenerator(
  tree: Tree,
  options: EncoderOptions & { readonly skipInstall?: boolean },
): Promise<GeneratorCallback> {
  return writePackages(tree, [generateEncoder(treeFiles(tree), options)], options);
}
