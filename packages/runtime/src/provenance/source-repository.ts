/**
 * The repository that a package.json names, as the address that certificates of CI systems have.
 *
 * @param repository - The field of that name: `owner/repo`, `github:owner/repo`, an address of git, or an object with `url`.
 * @returns For example `https://github.com/owner/repo`, in lower case; `null` when it names none that can be read.
 * @example sourceRepository('git+https://github.com/Acme/spam.git') // 'https://github.com/acme/spam'
 */
export function sourceRepository(repository: unknown): string | null {
  const text =
    typeof repository === 'object' && repository !== null && 'url' in repository ? repository.url : repository;
  if (typeof text !== 'string') return null;
  const shorthand = /^(?:(github|gitlab):)?([\w.-]+\/[\w.-]+)$/.exec(text);
  if (shorthand !== null) return normal(`https://${shorthand[1] ?? 'github'}.com/${shorthand[2]}`);
  const scp = /^git@([\w.-]+):(.+)$/.exec(text);
  if (scp !== null) return normal(`https://${scp[1]}/${scp[2]}`);
  const address = /^(?:git\+)?(?:https?|ssh|git):\/\/(?:[^@/]+@)?([\w.-]+)\/([^#?]+)/.exec(text);
  return address === null ? null : normal(`https://${address[1]}/${address[2]}`);
}

/**
 * Whether a repository is the one that is named, or one of the owner that is named.
 *
 * @example isFrom('https://github.com/acme/spam', 'https://github.com/acme') // true
 */
export function isFrom(repository: string, source: string): boolean {
  const wanted = normal(source);
  return normal(repository) === wanted || normal(repository).startsWith(`${wanted}/`);
}

function normal(address: string): string {
  return address
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .toLowerCase();
}
