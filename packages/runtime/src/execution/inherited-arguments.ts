// A program of the host's own, with its value as an argument of its own; the other process has its program already.
const PROGRAM = new Set(['-e', '--eval', '-p', '--print', '-pe', '--input-type']);
// What two processes cannot share, or what would run the host's program again.
const OWN = /^--(?:inspect|input-type=|eval=|print=|test|watch)/;

/**
 * What of the arguments that this process was started with another one starts with: conditions, loaders, flags of V8.
 *
 * @example inheritedArguments(['--conditions=x', '--inspect=9229', '-e', 'run()']) // ['--conditions=x']
 */
export function inheritedArguments(execArgv: readonly string[]): string[] {
  return execArgv.filter((argument, i) => {
    const before = execArgv[i - 1];
    return !PROGRAM.has(argument) && !(before !== undefined && PROGRAM.has(before)) && !OWN.test(argument);
  });
}
