import type { Mail } from '@clamor/spam';
import { countTags } from './count-tags.ts';

/** One number of the layout: its name, and how it is read. */
type Feature = readonly [name: string, read: (layout: Layout) => number];

/** What the features are read from; computed once per mail. */
interface Layout {
  readonly mail: LayoutMail;
  readonly tags: ReadonlyMap<string, number>;
  readonly htmlChars: number;
  readonly textChars: number;
  readonly lines: readonly string[];
}

/** The part of a mail that this member reads. */
export type LayoutMail = Pick<Mail, 'text' | 'html' | 'links' | 'parts' | 'sizeBytes'>;

const TAGS = [
  'a', 'b', 'big', 'blockquote', 'br', 'center', 'div', 'em', 'embed', 'font', 'form', 'frame', 'h1', 'h2', 'hr', 'i',
  'iframe', 'img', 'input', 'li', 'link', 'map', 'marquee', 'meta', 'o:p', 'p', 'pre', 'script', 'select', 'small',
  'span', 'strong', 'style', 'sup', 'table', 'tbody', 'td', 'title', 'tr', 'u', 'ul', '!--', '!doctype', 'html', 'head',
  'body',
]; // prettier-ignore

const MARKS: readonly (readonly [string, RegExp])[] = [
  ['font-size', /\bsize\s{0,3}=\s{0,3}["']?[+]?[4-7]/gi],
  ['font-red', /#?ff0000|\bcolor\s{0,3}=\s{0,3}["']?red\b/gi],
  ['font-white', /\bcolor\s{0,3}[=:]\s{0,3}["']?(?:#ffffff|white)\b/gi],
  ['background', /\bbgcolor\b|\bbackground\b/gi],
  ['hidden', /display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden/gi],
  ['tiny-image', /\b(?:width|height)\s{0,3}=\s{0,3}["']?[01]\b/gi],
  ['style', /\bstyle\s{0,3}=/gi],
  ['class', /\bclass\s{0,3}=/gi],
  ['mso', /\bmso-|\bMsoNormal\b/g],
  ['generator', /\bgenerator\b/gi],
  ['handler', /\bon(?:click|load|mouseover)\s{0,3}=/gi],
  ['entity', /&(?:#\d{1,5}|[a-z]{2,8});/gi],
  ['nbsp', /&nbsp;/gi],
  ['percent-width', /\bwidth\s{0,3}=\s{0,3}["']?\d{1,3}%/gi],
  ['cid', /\bcid:/gi],
  ['mailto', /\bmailto:/gi],
];

const TEXT_MARKS: readonly (readonly [string, RegExp])[] = [
  ['exclamations', /!/g],
  ['dollars', /\$/g],
  ['quotes', /^\s?>/gm],
  ['stars', /\*{2,}|={4,}|-{5,}|~{3,}/g],
  ['capital-words', /\b\p{Lu}{3,}\b/gu],
  ['digits', /\d/g],
  ['spaced-letters', /(?:\b\p{L} ){4,}/gu],
  // oxlint-disable-next-line no-control-regex -- the range of ASCII begins with the control characters
  ['non-ascii', /[^\x00-\x7f]/g],
];

const FEATURES: readonly Feature[] = [
  ...TAGS.map((tag): Feature => [`tag ${tag}`, ({ tags }) => log(tags.get(tag) ?? 0)]),
  ...MARKS.map(([name, mark]): Feature => [`mark ${name}`, ({ mail }) => log(count(mail.html, mark))]),
  ...TEXT_MARKS.map(([name, mark]): Feature => [`text ${name}`, ({ mail }) => log(count(mail.text, mark))]),
  ['html chars', ({ htmlChars }) => log(htmlChars)],
  ['text chars', ({ textChars }) => log(textChars)],
  ['text per html', ({ htmlChars, textChars }) => (htmlChars === 0 ? 1 : Math.min(textChars / htmlChars, 1))],
  ['capitals per letter', ({ mail }) => share(count(mail.text, /\p{Lu}/gu), count(mail.text, /\p{L}/gu))],
  ['capital tags', ({ mail }) => share(count(mail.html, /<\/?[A-Z]/g), count(mail.html, /<\/?[a-z]/gi))],
  ['lines', ({ lines }) => log(lines.length)],
  ['empty lines', ({ lines }) => share(lines.filter((line) => line.trim() === '').length, lines.length)],
  ['mean line chars', ({ textChars, lines }) => log(textChars / Math.max(lines.length, 1))],
  ['links', ({ mail }) => log(mail.links.length)],
  ...['anchor', 'image', 'form', 'frame', 'text'].map((kind): Feature => [
    `links ${kind}`,
    ({ mail }) => log(mail.links.filter((link) => link.kind === kind).length),
  ]),
  ['parts', ({ mail }) => log(mail.parts.length)],
  ['parts plain', ({ mail }) => log(partsOf(mail, 'text/plain'))],
  ['parts html', ({ mail }) => log(partsOf(mail, 'text/html'))],
  ['parts image', ({ mail }) => log(partsOf(mail, 'image/'))],
  ['parts signature', ({ mail }) => log(partsOf(mail, 'application/pgp') + partsOf(mail, 'application/x-pkcs'))],
  ['parts other', ({ mail }) => log(mail.parts.filter(({ type }) => !/^(?:text\/|image\/)/.test(type)).length)],
  ['attachments', ({ mail }) => log(mail.parts.filter(({ attachment }) => attachment).length)],
  ['html only', ({ mail }) => Number(partsOf(mail, 'text/html') > 0 && partsOf(mail, 'text/plain') === 0)],
  ...['', 'us-ascii', 'iso-8859-1', 'windows-1252', 'utf-8'].map((charset): Feature => [
    `charset ${charset || 'none'}`,
    ({ mail }) => Number(mail.parts.some((part) => part.charset === charset)),
  ]),
  ...['', '7bit', '8bit', 'base64', 'quoted-printable'].map((encoding): Feature => [
    `encoding ${encoding || 'none'}`,
    ({ mail }) => Number(mail.parts.some((part) => part.encoding === encoding)),
  ]),
  ['size', ({ mail }) => log(mail.sizeBytes)],
];

/** Names of the numbers of a row, in their order. */
export const FEATURE_NAMES: readonly string[] = FEATURES.map(([name]) => name);

/**
 * Writes the layout of a mail; counts as ln(1 + count), so that a long mail does not drown the rest.
 *
 * @returns `false`, to abstain, when the mail is plain text and nothing else.
 */
export function writeLayout(mail: LayoutMail, row: Float32Array): boolean {
  if (isPlainText(mail)) return false;
  const layout: Layout = {
    mail,
    tags: countTags(mail.html),
    htmlChars: mail.html.length,
    textChars: mail.text.length,
    lines: mail.text.split('\n'),
  };
  for (const [i, [, read]] of FEATURES.entries()) row[i] = read(layout);
  return true;
}

function isPlainText({ html, parts }: LayoutMail): boolean {
  return html === '' && parts.every(({ type }) => type === 'text/plain');
}

function partsOf(mail: LayoutMail, type: string): number {
  return mail.parts.filter((part) => part.type.startsWith(type)).length;
}

function log(value: number): number {
  return Math.log1p(value);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function count(text: string, mark: RegExp): number {
  let matches = 0;
  for (const _ of text.matchAll(mark)) matches++;
  return matches;
}
