/**
 * A text as one word of a POSIX shell: quoted unless it needs no quotes. Names of branches may hold what a shell would run.
 *
 * @example shellWord('feature/words') // 'feature/words'
 * @example shellWord('x;reboot') // "'x;reboot'"
 */
export function shellWord(text: string): string {
  return /^[\w@%+:,./][\w@%+:,./-]*$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
