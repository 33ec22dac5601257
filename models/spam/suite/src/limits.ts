/** Mail is hostile: every dimension of a parsed mail has a bound. Characters are UTF-16 code units. */
export const LIMITS = {
  /** Larger inputs are refused with `MAIL_TOO_LARGE`. */
  inputBytes: 32 * 1024 * 1024,
  /** Bytes that are read; what lies behind them (attachments, as a rule) is not looked at. */
  readBytes: 4 * 1024 * 1024,
  /** Lines that are read. */
  readLines: 60_000,
  /** Equals signs that are read: in base64 each may end a unit, and units are decoded one by one. */
  equalsSigns: 400_000,
  /** Lines starting with `--` that are read: each may open a MIME part, and opening one costs. */
  dashLines: 4_000,
  /** Header bytes over all parts; more is `MAIL_UNREADABLE`. */
  headerBytes: 256 * 1024,
  /** Depth of the MIME tree; deeper is `MAIL_UNREADABLE`. */
  nestingDepth: 100,
  /** Depth of messages inside messages; deeper ones count as attachments. */
  messageDepth: 3,
  /** Of the subject, a header value, a Received line. */
  headerChars: 2_000,
  headers: 200,
  received: 50,
  parts: 100,
  textChars: 100_000,
  htmlChars: 200_000,
  links: 500,
  urlChars: 2_048,
  linkTextChars: 300,
} as const;
