import PostalMime, { decodeWords } from 'postal-mime';

import { decodeText } from './charset.ts';
import { MailError } from './errors.ts';
import { LIMITS } from './limits.ts';
import { prepareBytes } from './prepare.ts';

/** One leaf of the MIME tree, decoded from its transfer encoding. */
export interface MimeLeaf {
  readonly type: string;
  readonly charset: string;
  readonly encoding: string;
  readonly attachment: boolean;
  readonly sizeBytes: number;
  /** Decoded by charset; `null` for what is not shown as text. */
  readonly text: string | null;
  /** Number of the closest multipart/alternative around it, or -1. */
  readonly alternative: number;
}

/** A mail as the MIME parser sees it. */
export interface MimeMail {
  /** Lower-case names, unfolded values, raw otherwise; in the order of the mail. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly leaves: readonly MimeLeaf[];
}

/** What postal-mime 4.0.0 (pinned) keeps about a part; its public result has neither charsets nor the tree. */
interface MimeNode {
  readonly childNodes: readonly MimeNode[];
  readonly contentType: { readonly parsed: StructuredValue; readonly multipart: string | false };
  readonly contentTransferEncoding: { readonly encoding: string };
  readonly contentDisposition: { readonly parsed: StructuredValue };
  readonly content: ArrayBuffer | null;
  readonly headers: readonly { readonly key: string; readonly value: string }[];
  decodeFlowedText(text: string, deleteSpace: boolean): string;
}

interface StructuredValue {
  readonly value: string;
  readonly params: { readonly [name: string]: string };
}

/**
 * postal-mime up to the tree of parts. Its own assembly of the bodies is left out: it decodes undeclared bytes as UTF-8
 * with replacement characters, and converts between HTML and text a second time.
 */
class MimeTree extends PostalMime {
  declare readonly root: MimeNode;

  constructor() {
    super({ maxNestingDepth: LIMITS.nestingDepth, maxHeadersSize: LIMITS.headerBytes });
  }

  async collectNode(): Promise<void> {}
  renderTextContent(): void {}
  buildMessage(): object {
    return {};
  }
}

/**
 * Headers and leaves of a raw mail.
 *
 * @throws {MailError} `MAIL_UNREADABLE` when there are too many header bytes, or parts nested too deeply.
 */
export async function parseMime(bytes: Uint8Array): Promise<MimeMail> {
  const root = await parseTree(bytes);
  const leaves: MimeLeaf[] = [];
  await collectLeaves(root, { leaves, alternative: -1, messageDepth: 0 });
  const headers = root.headers.filter(({ key }) => isFieldName(key)).map(({ key, value }) => ({ name: key, value }));
  return { headers, leaves };
}

/** A header value for people: encoded words decoded, bounded. */
export function decodeHeader(value: string): string {
  return decodeWords(value.slice(0, 2 * LIMITS.headerChars)).slice(0, LIMITS.headerChars);
}

async function parseTree(bytes: Uint8Array): Promise<MimeNode> {
  const tree = new MimeTree();
  try {
    await tree.parse(prepareBytes(bytes));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new MailError(
      'MAIL_UNREADABLE',
      `The MIME parser gave up (${why}). Send the mail as { text } to judge it unparsed.`,
      {
        cause: error,
      },
    );
  }
  return tree.root;
}

interface Collection {
  readonly leaves: MimeLeaf[];
  readonly alternative: number;
  readonly messageDepth: number;
}

async function collectLeaves(node: MimeNode, into: Collection): Promise<void> {
  if (into.leaves.length >= LIMITS.parts) return;
  const type = node.contentType.parsed.value || 'text/plain';
  const attachment = node.contentDisposition.parsed.value === 'attachment';
  const bytes = new Uint8Array(node.content ?? new ArrayBuffer(0));
  if (node.childNodes.length > 0) {
    const alternative = node.contentType.multipart === 'alternative' ? into.leaves.length : into.alternative;
    for (const child of node.childNodes) await collectLeaves(child, { ...into, alternative });
    return;
  }
  if (type === 'message/rfc822' && !attachment && into.messageDepth < LIMITS.messageDepth) {
    const inner = await parseTree(bytes);
    return collectLeaves(inner, { ...into, messageDepth: into.messageDepth + 1 });
  }
  const { charset = '' } = node.contentType.parsed.params;
  into.leaves.push({
    type,
    charset: charset.trim().toLowerCase().slice(0, 40),
    encoding: node.contentTransferEncoding.encoding.slice(0, 40),
    attachment,
    sizeBytes: bytes.length,
    text: attachment || !isText(type) ? null : leafText(node, bytes),
    alternative: into.alternative,
  });
}

/** Broken multiparts without a boundary are read as text, as mail programs show them. */
function isText(type: string): boolean {
  return type.startsWith('text/') || type.startsWith('multipart/') || !type.includes('/');
}

/** Four bytes a character at most; HTML is the larger of the two limits. */
const MAX_TEXT_BYTES = 4 * LIMITS.htmlChars;

function leafText(node: MimeNode, bytes: Uint8Array): string {
  const { charset = '', format = '', delsp = '' } = node.contentType.parsed.params;
  const text = decodeText(bytes.subarray(0, MAX_TEXT_BYTES), charset);
  return format.toLowerCase() === 'flowed' ? node.decodeFlowedText(text, delsp.toLowerCase() === 'yes') : text;
}

/** Printable ASCII without a space: an mbox line, or a body without headers, is not a header. */
function isFieldName(name: string): boolean {
  return name.length > 0 && name.length <= 100 && /^[!-9;-~]+$/.test(name);
}
