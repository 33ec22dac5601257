const TAG = /<(!--|[a-z!][a-z0-9:]{0,20})/gi;

/**
 * How often each tag is opened, by its name in lower case; comments count as `!--`, a doctype as `!doctype`.
 *
 * One pass, and no parsing: spam is rarely well formed, and what a browser would make of it does not matter here.
 *
 * @example countTags('<P>a<br><BR><!-- x -->') // Map { 'p' => 1, 'br' => 2, '!--' => 1 }
 */
export function countTags(html: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [, name = ''] of html.matchAll(TAG)) {
    const tag = name.toLowerCase();
    counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return counts;
}
