// Question: of which kind is a spam mail?
// Source: the signs below, written from the spam of the split `valid`, which may be read, and counted on `train`; nobody has
// read a mail of `test` for them.
import type { Mail } from '@clamor/spam';

/** A kind of spam that is held out and added again. */
export interface Kind {
  readonly name: string;
  /** What it offers, for the page. */
  readonly title: string;
  /** Regular expressions over lower-case text, each between word boundaries; each counts once, however often it is there. */
  readonly signs: readonly string[];
}

/** Different signs that make a kind. */
export const MIN_SIGNS = 2;

/** Only the beginning is read: what follows may be quoted or padding. */
const MAX_CHARS = 8000;

/** In the order in which they are tried: those whose words are rare elsewhere come first. */
export const KINDS: readonly Kind[] = [
  {
    name: 'advance-fee',
    title: 'letters that ask for help in moving a fortune',
    signs: [
      'next of kin',
      'nigerian?',
      'sierra leone|zimbabwe|ivory coast|cote d.ivoire',
      'late (?:president|father|husband)',
      'million (?:us|united states) dollars',
      'foreign (?:account|partner|business partner)',
      'security company',
      '(?:strictly|strict|most|highly|utmost) confiden(?:tial|ce|tiality)',
      'modalities',
      'mobutu|abacha',
      'beneficiary',
      'contract (?:award|review)',
      '(?:business|urgent|your) assistance|urgent business',
      'transfer(?:ring)? (?:of )?(?:the |this |my )?(?:fund|money|sum)s?',
    ],
  },
  {
    name: 'adult',
    title: 'pornography and dating',
    signs: [
      'porn\\w*|xxx',
      'hard ?core|explicit',
      'teens?|sluts?|babes?',
      'nudes?|naked',
      'pussy|fuck\\w*|cum|horny|orgasms?',
      'web ?cams?',
      'adult (?:sites?|movies?|photos?|videos?|lifetime|content|entertainment)',
      'over (?:18|21)|18 years',
      'sexy',
      'sex (?:sites?|videos?|pictures?|acts?)|rape|lesbians?|erotic\\w*',
      'hot(?:test)? (?:girls?|chicks?|women)',
    ],
  },
  {
    name: 'health',
    title: 'pills, herbs and diets',
    signs: [
      'viagra|v\\*agra|xenical|vioxx|propecia|zyban',
      'pharmac\\w+',
      'prescriptions?',
      'pills?',
      'herbal|all natural',
      'weight loss|lose weight|diet\\w*',
      'fat (?:absorbers?|burners?)|metaboli\\w+',
      'growth hormone|hgh',
      'aging|wrinkles?|hair loss',
      'penis|erection\\w*|enlarge\\w*',
      'sexual|sex (?:life|drive)|libido',
      'muscles?',
      'side effects',
      'doctors?|physicians?',
      'pheromones?',
      'smoking',
    ],
  },
  {
    name: 'loans',
    title: 'mortgages, loans and debt relief',
    signs: [
      'mortgages?',
      'refinanc\\w{1,4}',
      '(?:interest )?rates?',
      'lenders?',
      'loans?',
      'home ?owners?',
      'equity',
      'debts?',
      'bad credit|credit (?:repair|report|rating)',
      'consolidat\\w{1,4}',
      'monthly payments?',
    ],
  },
  {
    name: 'insurance',
    title: 'insurance and annuities, most of it to those who sell them',
    signs: [
      'insurance|insured',
      'annuit\\w+',
      'premiums?',
      'policies|policy',
      'long term care|ltc',
      'underwrit\\w+',
      'carriers?',
      'commissions?',
      'agents?|brokers?|producers?',
      'non-?smokers?',
      'face amount',
      'term life',
      'your clients?',
      'surrender',
    ],
  },
  {
    name: 'money-making',
    title: 'ways to get rich: schemes, grants and shares',
    signs: [
      'mlm|multi[- ]?level|network marketing|downline',
      'home[- ]based|work(?:ing)? (?:at|from) home',
      'financial(?:ly)? (?:freedom|free|independen\\w+|future)',
      '(?:extra|residual|monthly|second|passive|substantial) (?:income|cash)',
      'income',
      'mak(?:e|ing) (?:\\w+ )?money',
      'earn(?:ing|ings)?',
      'opportunit\\w+',
      'profits?',
      'get rich',
      '(?:per|a) week',
      'grants?',
      'investments?|investors?',
      'stocks?|otc ?bb',
      'ebay',
    ],
  },
];

/** What a spam mail of no kind is called. */
export const OTHER = 'other';

const PATTERNS = KINDS.map(({ name, signs }) => ({
  name,
  patterns: signs.map((sign) => new RegExp(`(?<![\\w-])(?:${sign})(?!\\w)`)),
}));

/**
 * The kind of a spam mail: the first of {@link KINDS} of which at least two different signs stand in its subject or the
 * first 8,000 characters of its text.
 *
 * @returns The name of the kind, or `other`. Of ham it says nothing.
 * @example kindOf({ subject: 'Refinance now', text: 'Mortgage lenders compete.' }) // 'loans'
 */
export function kindOf({ subject, text }: Pick<Mail, 'subject' | 'text'>): string {
  const read = `${subject}\n${text.slice(0, MAX_CHARS)}`.toLowerCase().replace(/\s+/g, ' ');
  const found = PATTERNS.find(({ patterns }) => patterns.filter((sign) => sign.test(read)).length >= MIN_SIGNS);
  return found?.name ?? OTHER;
}
