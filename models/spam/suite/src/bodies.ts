import { cleanBody, isFooterLine } from './clean-body.ts';
import { readHtml } from './html.ts';
import { LIMITS } from './limits.ts';
import type { Link, Mail } from './mail.ts';
import type { MimeLeaf } from './mime.ts';
import { redactRecipients } from './redact.ts';
import { clip, tidyText } from './text.ts';
import { findTextLinks } from './text-links.ts';

interface Body {
  readonly leaf: MimeLeaf;
  readonly html: string;
  readonly text: string;
  readonly links: readonly Link[];
}

/**
 * What the leaves of a mail show. Of an alternative with HTML, only the HTML counts: that is what a reader sees, and the
 * plain text beside it often says something else.
 */
export function readBodies(leaves: readonly MimeLeaf[]): Pick<Mail, 'text' | 'html' | 'links'> {
  const budget = { textChars: LIMITS.textChars, htmlChars: LIMITS.htmlChars };
  const bodies: Body[] = [];
  for (const leaf of leaves) {
    if (leaf.text === null) continue;
    const body =
      leaf.type === 'text/html' ? readHtmlBody(leaf, budget.htmlChars) : readTextBody(leaf, budget.textChars);
    budget.htmlChars -= body.html.length;
    budget.textChars -= leaf.type === 'text/html' ? 0 : body.text.length;
    bodies.push(body);
  }
  const shown = shownBodies(bodies);
  return {
    text: clip(joinFilled(shown.map(({ text }) => text)), LIMITS.textChars),
    html: clip(joinFilled(shown.map(({ html }) => html)), LIMITS.htmlChars),
    links: shown.flatMap(({ links }) => links).slice(0, LIMITS.links),
  };
}

// Footers first: their marks are addresses, among others.
function readTextBody(leaf: MimeLeaf, maxChars: number): Body {
  const text = redactRecipients(cleanBody(tidyText(clip(leaf.text ?? '', maxChars))));
  return { leaf, html: '', text, links: findTextLinks(text) };
}

function readHtmlBody(leaf: MimeLeaf, maxChars: number): Body {
  const html = redactRecipients(cleanBody(clip(leaf.text ?? '', maxChars).replaceAll('\0', '')));
  const content = readHtml(html);
  return {
    leaf,
    html,
    text: cleanBody(content.text),
    links: content.links.filter(({ url }) => !isFooterLine(url)),
  };
}

function shownBodies(bodies: readonly Body[]): Body[] {
  const withHtml = new Set<number>();
  for (const { leaf, html, text } of bodies) {
    if (html !== '' && text !== '' && leaf.alternative >= 0) withHtml.add(leaf.alternative);
  }
  return bodies.filter(({ leaf }) => leaf.type === 'text/html' || !withHtml.has(leaf.alternative));
}

function joinFilled(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n\n');
}
