import { plainText } from './plain-text.ts';

/** Bound on the code points shown of a text that somebody else wrote. */
export const TEXT_LENGTH = 240;

/** Bound on those of a sentence about figures. */
export const SENTENCE_LENGTH = 800;

const NAME_LENGTH = 60;

const SENTENCES = new Set([
  'reason',
  'message',
  'marks',
  'notes',
  'warning',
  'assumption',
  'write',
  'faults',
  'unknown',
  'next',
]);
const NAMES = new Set([
  'suite',
  'suiteVersion',
  'stateVersion',
  'dataset',
  'split',
  'member',
  'members',
  'candidate',
  'against',
  'name',
  'version',
  'owner',
  'column',
  'package',
]);

/**
 * A report with every string in it made fit for a screen, so that no renderer can forget one.
 *
 * @see plainText
 */
export function plainReport<Each>(report: Each): Each {
  return plain(report, '') as Each;
}

function plain(value: unknown, key: string): unknown {
  if (typeof value === 'string') return plainText(value, lengthOf(key));
  if (Array.isArray(value)) return value.map((each) => plain(each, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([inner, each]) => [inner, plain(each, inner)]));
}

function lengthOf(key: string): number {
  if (SENTENCES.has(key)) return SENTENCE_LENGTH;
  return NAMES.has(key) ? NAME_LENGTH : TEXT_LENGTH;
}
