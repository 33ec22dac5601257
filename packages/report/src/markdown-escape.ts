// How does text that somebody else wrote stay text in a Markdown comment?

/**
 * Text that renders as itself, in a paragraph or in a cell of a table.
 *
 * All but letters of any script, digits and a few harmless signs become numeric entities, which are never markup: pipes,
 * HTML, links, emphasis and backticks stay text, and addresses do not become links. GitHub looks for mentions and issue
 * numbers after it has read the entities, so a word joiner follows `@` and `#`.
 *
 * @param text - One line, as `plainText` gives it.
 * @example escapeMarkdown('a|b <i>') // 'a&#124;b &#60;i&#62;'
 */
export function escapeMarkdown(text: string): string {
  return escapeMarkup(text).replaceAll(/&#(64|35);/g, '&#$1;&#8288;');
}

/** Text that others wrote, marked as such: a name, a version, an owner. GitHub looks for no mention inside `<code>`. */
export function codeMarkdown(text: string): string {
  return text === '' ? '' : `<code>${escapeMarkup(text)}</code>`;
}

function escapeMarkup(text: string): string {
  return text.replaceAll(/(?<=www)\.|\.(?=\p{L})|:(?! )|[^\p{L}\p{N}\p{M} .:;,=?%/()–·…÷≥≤→−-]/giu, entity);
}

function entity(character: string): string {
  return `&#${character.codePointAt(0) ?? 0xfffd};`;
}
