/** By what figures of the spam suite are shown apart; each mail has one value of each. */
export interface MailSlices {
  readonly [name: string]: string;
  /** Of the whole mail, by the first `Content-Type` of its header. */
  readonly format: 'plain text' | 'HTML' | 'multipart' | 'other';
  /** In the body as it came, list footers included; `unread` when a part is base64 and no link stands outside. */
  readonly links: 'none' | 'some' | 'unread';
  /** Of the whole mail as it came; 1 kB is 1,000 bytes. About a third of `train` is in each. */
  readonly size: 'under 3 kB' | '3 to 5 kB' | 'over 5 kB';
}

const MAX_HEADER_BYTES = 256_000;

/**
 * The slices of a raw mail, from its bytes by a linear scan: nothing is decoded, so a mail that no parser reads has them, too.
 *
 * None tells the label, as the folder of the corpus would.
 *
 * @example mailSlices(new TextEncoder().encode('Subject: hi\n\nhttp://example.com')).links // 'some'
 */
export function mailSlices(mail: Uint8Array): MailSlices {
  const bytes = Buffer.from(mail.buffer, mail.byteOffset, mail.byteLength);
  const end = headerEnd(bytes);
  const header = bytes.toString('latin1', 0, Math.min(end, MAX_HEADER_BYTES)).toLowerCase();
  return { format: formatOf(header), links: linksOf(bytes.subarray(end), header), size: sizeOf(bytes.length) };
}

/** Place of the first empty line; the whole length without one. */
function headerEnd(bytes: Buffer): number {
  for (let at = bytes.indexOf('\n'); at >= 0; at = bytes.indexOf('\n', at + 1)) {
    const next = bytes[at + 1] === 0x0d ? at + 2 : at + 1;
    if (bytes[next] === 0x0a) return at;
  }
  return bytes.length;
}

function formatOf(header: string): MailSlices['format'] {
  // A header may go on in the next line, after a blank.
  const type = /^content-type:(?:[ \t]|\r?\n[ \t])*([^;\s]*)/m.exec(header)?.[1] ?? '';
  if (type === '' || type === 'text' || type === 'text/plain') return 'plain text';
  if (type === 'text/html') return 'HTML';
  return type.startsWith('multipart/') ? 'multipart' : 'other';
}

function linksOf(body: Buffer, header: string): MailSlices['links'] {
  for (let at = body.indexOf('://'); at >= 0; at = body.indexOf('://', at + 3)) {
    if (/(?:https?|ftp)$/i.test(body.toString('latin1', Math.max(0, at - 5), at))) return 'some';
  }
  const marks = `${encodingLines(header)}\n${encodingLines(body.toString('latin1').toLowerCase())}`;
  return marks.includes('base64') ? 'unread' : 'none';
}

/** The lines that say how a part is encoded. */
function encodingLines(text: string): string {
  return text
    .split('\n')
    .filter((line) => line.startsWith('content-transfer-encoding:'))
    .join('\n');
}

function sizeOf(bytes: number): MailSlices['size'] {
  if (bytes < 3000) return 'under 3 kB';
  return bytes <= 5000 ? '3 to 5 kB' : 'over 5 kB';
}
