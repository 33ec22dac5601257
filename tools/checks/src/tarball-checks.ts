/** A command that looks at a packed package and fails when something is wrong with it. */
export interface TarballCheck {
  readonly what: string;
  readonly command: string;
  readonly args: readonly string[];
}

/**
 * What a packed package must pass before it is published: it is what its package.json says (publint), and its types
 * resolve (attw).
 */
export function tarballChecks(name: string, tarball: string): TarballCheck[] {
  // A model's weights are a file to read, not a module with types.
  const attw = '--profile esm-only --exclude-entrypoints model.onnx --format ascii --no-emoji'.split(' ');
  return [
    { what: `publint ${name}`, command: 'publint', args: ['--strict', tarball] },
    { what: `attw ${name}`, command: 'attw', args: [tarball, ...attw] },
  ];
}
