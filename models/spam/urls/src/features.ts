import { type BagWriter, hashTerm } from '@clamor/contract';
import type { Link, Mail } from '@clamor/spam';

/** Rows of the graph's table. */
export const BUCKETS = 2 ** 15;
/** Distinct tokens of one mail that are read. */
export const MAX_TOKENS = 4096;

const URL_PARTS = /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/)?([^/?#]*)([^?#]*)(?:\?([^#]*))?/i;
const MAX_LABELS = 6;
const MAX_PATH_TOKENS = 12;

/**
 * The tokens of a mail's links: what kind of link, scheme, labels of the host, shape of the host, words of the path, file
 * type, names in the query, and words that the reader sees on it.
 *
 * @returns At most {@link MAX_TOKENS} distinct tokens; none when the mail has no link.
 */
export function findTokens(links: readonly Link[]): Set<string> {
  const tokens = new Set<string>();
  for (const link of links) {
    for (const token of linkTokens(link)) {
      if (tokens.size >= MAX_TOKENS) return tokens;
      tokens.add(token);
    }
  }
  if (links.length > 0) tokens.add(`links:${Math.floor(Math.log2(links.length))}`);
  return tokens;
}

function* linkTokens(link: Link): Generator<string> {
  const [, scheme = '', authority = '', path = '', query = ''] = URL_PARTS.exec(link.url) ?? [];
  yield `kind:${link.kind}`;
  yield `scheme:${scheme.toLowerCase()}`;
  if (scheme.toLowerCase() === 'mailto') {
    yield* mailtoTokens(authority, query);
    return;
  }
  yield* hostTokens(authority.toLowerCase());
  yield* pathTokens(path);
  for (const pair of query.split('&', 8)) if (pair !== '') yield `query:${mask(pair.split('=', 1)[0] ?? '')}`;
  if (query !== '') yield `query-length:${Math.floor(Math.log2(query.length))}`;
  if (link.kind === 'anchor') yield* textTokens(link.text);
}

function* mailtoTokens(address: string, query: string): Generator<string> {
  const [user = '', host = ''] = address.toLowerCase().split('@', 2);
  yield `mailto-host:${host}`;
  for (const word of user.split(/[^\p{L}]+/u)) if (word.length > 2) yield `mailto-user:${word}`;
  if (/\d/.test(user)) yield 'mailto-user-digits';
  if (/subject=/i.test(query)) yield 'mailto-subject';
}

function* hostTokens(authority: string): Generator<string> {
  if (authority.includes('@')) yield 'host-user';
  const [host = '', port] = (authority.split('@').at(-1) ?? '').split(':', 2);
  if (port !== undefined) yield `port:${mask(port)}`;
  if (/^\d+(\.\d+){3}$/.test(host)) return yield 'host-ip';
  if (/^\d+$/.test(host)) return yield 'host-number';
  if (host.includes('%')) yield 'host-encoded';
  const labels = host.split('.').filter((label) => label !== '');
  yield `labels:${Math.min(labels.length, MAX_LABELS)}`;
  yield `domain:${labels.slice(-2).join('.')}`;
  yield `top:${labels.at(-1) ?? ''}`;
  for (const label of labels.slice(-MAX_LABELS)) {
    yield `label:${label}`;
    if (/\d/.test(label)) yield 'label-digits';
    if (label.includes('-')) yield 'label-dash';
  }
}

function* pathTokens(path: string): Generator<string> {
  const words = path.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  yield `depth:${Math.min(path.split('/').length, 8)}`;
  for (const word of words.slice(0, MAX_PATH_TOKENS)) yield `path:${mask(word)}`;
  const type = /\.(\w{1,5})$/.exec(path)?.[1];
  if (type !== undefined) yield `type:${type.toLowerCase()}`;
  if (path.includes('%')) yield 'path-encoded';
  if (path.includes('~')) yield 'path-tilde';
}

function* textTokens(text: string): Generator<string> {
  for (const word of text.split(/[^\p{L}\p{N}]+/u).slice(0, 10)) if (word !== '') yield `text:${mask(word)}`;
  if (/^(https?:|www\.)/i.test(text)) yield 'text-is-url';
}

function mask(word: string): string {
  return word
    .toLowerCase()
    .replace(/\p{N}+/gu, '0')
    .slice(0, 24);
}

/**
 * Writes the hashed tokens of a mail's links, all with one weight, scaled to Euclidean length 1.
 *
 * @returns `false`, to abstain, when the mail has no link.
 */
export function writeTokens(mail: Pick<Mail, 'links'>, target: BagWriter): boolean {
  const tokens = findTokens(mail.links);
  if (tokens.size === 0) return false;
  const weight = 1 / Math.sqrt(tokens.size);
  for (const token of tokens) target.add(hashTerm(token, BUCKETS), weight);
  return true;
}
