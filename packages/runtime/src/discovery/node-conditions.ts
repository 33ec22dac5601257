/**
 * The export conditions that a Node process was started with, beside those of Node itself.
 *
 * @param args - As `process.execArgv`; those of `NODE_OPTIONS` count as well.
 * @example nodeConditions(['--conditions=@acme/source', '-C', 'development', '--inspect']) // ['@acme/source', 'development']
 */
export function nodeConditions(args: readonly string[]): string[] {
  return args.flatMap((argument, i) => {
    const joined = /^(?:--conditions|-C)=(.+)$/.exec(argument)?.[1];
    if (joined !== undefined) return [joined];
    return /^(?:--conditions|-C)$/.test(args[i - 1] ?? '') ? [argument] : [];
  });
}
