import { Tokenizer, type QuoteType, type TokenizerCallbacks } from 'htmlparser2';

import { LIMITS } from './limits.ts';
import type { Link, LinkKind } from './mail.ts';
import { clip, tidyText } from './text.ts';

/** What HTML shows and where it leads. */
export interface HtmlContent {
  /** What a reader sees: no scripts, styles, comments or title; a line per block. */
  readonly text: string;
  readonly links: readonly Link[];
}

const HIDDEN = new Set(['script', 'style', 'title', 'noembed', 'noframes', 'iframe', 'template']);

const BREAKING = new Set(
  (
    'address article aside blockquote br center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li main ' +
    'nav ol option p pre section table tbody td textarea tfoot th thead tr ul'
  ).split(' '),
);

/** Tag → the attribute that leads elsewhere, and what it is. */
const LINKING: { readonly [tag: string]: readonly [attribute: string, kind: LinkKind] | undefined } = {
  __proto__: null as never,
  a: ['href', 'anchor'],
  area: ['href', 'anchor'],
  form: ['action', 'form'],
  iframe: ['src', 'frame'],
  frame: ['src', 'frame'],
  img: ['src', 'image'],
};

/**
 * Reads HTML in one pass, without a tree: the tokenizer holds no stack, so neither nesting nor unclosed tags cost
 * anything.
 *
 * @param html - Any text; what is not HTML comes out as text.
 * @example readHtml('<p>Hi<a href="http://a.example/?x=1&amp;y">there</a>').links[0]?.url // 'http://a.example/?x=1&y'
 */
export function readHtml(html: string): HtmlContent {
  const reader = new HtmlReader(html);
  const tokenizer = new Tokenizer({ decodeEntities: true }, reader);
  tokenizer.write(html);
  tokenizer.end();
  return { text: tidyText(reader.pieces.join('')), links: reader.links };
}

class HtmlReader implements TokenizerCallbacks {
  readonly pieces: string[] = [];
  readonly links: Link[] = [];
  readonly #html: string;
  #tag = '';
  #attribute = '';
  #value = '';
  #target: string | null = null;
  #hiddenBy = '';
  /** The anchor whose text is being read. */
  #anchor: { url: string; text: string } | null = null;

  constructor(html: string) {
    this.#html = html;
  }

  ontext(start: number, end: number): void {
    this.#write(this.#html.slice(start, end).replace(/\s+/g, ' '));
  }

  ontextentity(codePoint: number): void {
    this.#write(String.fromCodePoint(codePoint));
  }

  onopentagname(start: number, end: number): void {
    this.#tag = this.#html.slice(start, Math.min(end, start + 20)).toLowerCase();
    this.#target = null;
  }

  onattribname(start: number, end: number): void {
    this.#attribute = this.#html.slice(start, Math.min(end, start + 20)).toLowerCase();
    this.#value = '';
  }

  onattribdata(start: number, end: number): void {
    if (this.#value.length < LIMITS.urlChars) this.#value += this.#html.slice(start, end);
  }

  onattribentity(codePoint: number): void {
    if (this.#value.length < LIMITS.urlChars) this.#value += String.fromCodePoint(codePoint);
  }

  onattribend(_quote: QuoteType): void {
    // As in a browser, the first of two attributes of one name counts.
    if (this.#target === null && LINKING[this.#tag]?.[0] === this.#attribute) this.#target = this.#value;
  }

  onopentagend(): void {
    const tag = this.#tag;
    if (HIDDEN.has(tag)) this.#hiddenBy = tag;
    if (BREAKING.has(tag)) this.#write('\n');
    const linking = LINKING[tag];
    if (linking === undefined) return;
    if (tag === 'a') this.#closeAnchor();
    const url = clip((this.#target ?? '').trim(), LIMITS.urlChars);
    if (url === '' || url.startsWith('#')) return;
    if (tag === 'a') this.#anchor = { url, text: '' };
    else this.#addLink({ url, text: '', kind: linking[1] });
  }

  onselfclosingtag(): void {
    this.onopentagend();
    // The tokenizer reads on as if the slash were not there, so `<script/>` still hides what follows it.
  }

  onclosetag(start: number, end: number): void {
    const tag = this.#html.slice(start, Math.min(end, start + 20)).toLowerCase();
    if (tag === this.#hiddenBy) this.#hiddenBy = '';
    if (tag === 'a') this.#closeAnchor();
    else if (BREAKING.has(tag)) this.#write('\n');
  }

  onend(): void {
    this.#closeAnchor();
  }

  oncdata(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}

  #write(text: string): void {
    if (this.#hiddenBy !== '') return;
    this.pieces.push(text);
    if (this.#anchor !== null && this.#anchor.text.length < LIMITS.linkTextChars) this.#anchor.text += text;
  }

  #closeAnchor(): void {
    if (this.#anchor === null) return;
    const { url, text } = this.#anchor;
    this.#anchor = null;
    this.#addLink({ url, text: clip(text.replace(/\s+/g, ' ').trim(), LIMITS.linkTextChars), kind: 'anchor' });
  }

  #addLink(link: Link): void {
    if (this.links.length < LIMITS.links) this.links.push(link);
  }
}
