const DAYS = new Set(['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']);
const MONTHS = new Set(['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']);
const MAX_NAME_CHARS = 9;

/**
 * A date without the date: digits and the names of days and months are masked, the shape and the zone stay. Ham and
 * spam of the corpus were collected in different months.
 *
 * @example maskDate('Thu, 22 Aug 2002 07:33:07 -0600') // 'Www, 00 Mmm 0000 00:00:00 -0600'
 */
export function maskDate(value: string): string {
  return value.replace(/[+-]\d{4}(?!\d)|[a-z]+|\d/gi, (token) => {
    if (token.length === 5 && (token.startsWith('+') || token.startsWith('-'))) return token;
    return /^\d/.test(token) ? '0' : maskName(token);
  });
}

/**
 * An identifier by its shape: digits become 0, because many hold the date.
 *
 * @example maskDigits('<20020930215046.108ba76f@a.example>') // '<00000000000000.000ba00f@a.example>'
 */
export function maskDigits(value: string): string {
  return value.replace(/\d/g, '0');
}

/**
 * A Received line without its date and with a masked queue id, of which sendmail makes the date.
 *
 * @example maskReceived('from a by b with SMTP id g7M12; Thu, 22 Aug 2002') // 'from a by b with SMTP id g0M00; Www, 00 Mmm 0000'
 */
export function maskReceived(value: string): string {
  const semicolon = value.lastIndexOf(';');
  const route = semicolon < 0 ? value : value.slice(0, semicolon);
  const masked = route.replace(/\bid <?[\w+/=.-]{1,100}/gi, (id) => maskDigits(id));
  return semicolon < 0 ? masked : masked + maskDate(value.slice(semicolon));
}

function maskName(word: string): string {
  if (word.length > MAX_NAME_CHARS) return word;
  const start = word.slice(0, 3).toLowerCase();
  if (DAYS.has(start)) return 'Www';
  return MONTHS.has(start) ? 'Mmm' : word;
}
