// How is a page written so that forgetting to escape is impossible?

/** Text that is known to be markup: only {@link html} and {@link trusted} make it. */
export interface Markup {
  readonly markup: string;
}

/** What a page is put together from. Strings and numbers are escaped, `null` and `false` vanish. */
export type Content = string | number | Markup | null | false | readonly Content[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/**
 * A piece of a page. Whatever is put into it is escaped, unless another `html` made it; attributes must be quoted.
 *
 * @example html`<p title="${'"'}">${'<script>'}</p>`.markup // '<p title="&quot;">&lt;script&gt;</p>'
 */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const parts = strings.map((string, index) => string + (index < values.length ? toMarkup(values[index] ?? null) : ''));
  return { markup: parts.join('') };
}

/** Markup that another library serialised, for example a plot. Never call it with text from outside. */
export function trusted(markup: string): Markup {
  return { markup };
}

function toMarkup(content: Content): string {
  if (content === null || content === false) return '';
  if (typeof content === 'number') return String(content);
  if (typeof content === 'string') return content.replaceAll(/[&<>"'`]/g, (found) => ENTITIES[found] ?? '');
  if ('markup' in content) return content.markup;
  return content.map(toMarkup).join('');
}
