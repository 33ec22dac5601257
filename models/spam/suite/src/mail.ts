/** Sender as the From or Reply-To header gives it; empty strings where it says nothing. */
export interface Address {
  readonly name: string;
  /** Lower case. */
  readonly address: string;
}

/** Where a link was found: an `<a>`, an image, a form's target, a frame, or written out in plain text. */
export type LinkKind = 'anchor' | 'image' | 'form' | 'frame' | 'text';

/** One link of a mail, from the HTML or the plain text. */
export interface Link {
  /** As written, entities decoded, at most 2,048 characters. */
  readonly url: string;
  /** What the reader sees of it, at most 300 characters; the URL itself in plain text; empty for images and forms. */
  readonly text: string;
  readonly kind: LinkKind;
}

/** One header line that is not a giveaway of the collection. */
export interface Header {
  /** Lower case. */
  readonly name: string;
  /** Unfolded, encoded words decoded, bounded. */
  readonly value: string;
}

/** One leaf of the MIME tree. */
export interface MailPart {
  /** `text/html`, lower case. */
  readonly type: string;
  /** Charset as declared, lower case; empty when not declared. */
  readonly charset: string;
  /** Content-Transfer-Encoding, lower case; empty when not declared. */
  readonly encoding: string;
  readonly attachment: boolean;
  readonly sizeBytes: number;
}

/**
 * The example of the spam suite: a mail, parsed once, cleaned of what gives away the collection it came from, bounded in
 * every dimension. Plain data; members read it and never change it.
 */
export interface Mail {
  /** Encoded words decoded, without the tags of lists; at most 2,000 characters. */
  readonly subject: string;
  readonly from: Address;
  /** Empty as well where a list set it. */
  readonly replyTo: Address;
  /** What a reader sees, HTML turned into text, list footers removed; at most 100,000 characters. */
  readonly text: string;
  /** The HTML as sent, scripts and comments included; empty when there is none; at most 200,000 characters. */
  readonly html: string;
  /** In the order of the mail; at most 500. */
  readonly links: readonly Link[];
  /** In the order of the mail, at most 200; without Received, list, collector and recipient headers; dates masked. */
  readonly headers: readonly Header[];
  /** Received lines, newest first, at most 50; without those of the collector and of lists; dates and ids masked. */
  readonly received: readonly string[];
  readonly parts: readonly MailPart[];
  /** Size of the input. */
  readonly sizeBytes: number;
}

/**
 * What the suite's schema accepts: a raw mail (RFC 5322) as bytes or text, or its visible fields.
 *
 * Prefer bytes: text has been decoded by somebody who did not know the charset of each part.
 */
export type MailInput = Uint8Array | string | { readonly raw: string | Uint8Array } | MailFields;

/** A mail by its visible fields, for sources that keep no raw mail. At least one must be there. */
export interface MailFields {
  /** `Name <address>`. */
  readonly from?: string | null;
  readonly subject?: string | null;
  readonly text?: string | null;
  readonly html?: string | null;
}
