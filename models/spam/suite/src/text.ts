/**
 * One space per run of white space, no space at line ends, at most one empty line in a row, no NUL.
 *
 * @example tidyText('a \r\n\n\n\n b') // 'a\n\nb'
 */
export function tidyText(text: string): string {
  const lines: string[] = [];
  let blank = true;
  for (const raw of text.replaceAll('\0', '').replaceAll('\r\n', '\n').replaceAll('\r', '\n').split('\n')) {
    const line = raw.replace(/\s+/g, ' ').trim();
    if (line === '' && blank) continue;
    blank = line === '';
    lines.push(line);
  }
  if (blank) lines.pop();
  return lines.join('\n');
}

/**
 * The first characters of a text, never half a surrogate pair.
 *
 * @example clip('a😀', 2) // 'a'
 */
export function clip(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const last = text.charCodeAt(maxChars - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? maxChars - 1 : maxChars);
}
