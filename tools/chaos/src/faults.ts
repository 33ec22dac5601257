/** Where a member runs. */
export type Isolation = 'inline' | 'worker' | 'process';

/** One way in which a member is broken, and what the runtime makes of it. */
export interface Fault {
  /** Its folder under members/; the package is `texts-<name>`. */
  readonly name: string;
  /** Completes "a member that …". */
  readonly what: string;
  /** When it shows: before the suite is ready (then it is a fault of the suite), or on examples. */
  readonly at: 'load' | 'score';
  /**
   * What may be said of it on every example: `positive` or `negative` where it is believed, or the code of its failure. Several
   * where its own death races with the next call.
   */
  readonly says: readonly string[];
  /** The same on the one poisonous example of {@link EXAMPLES}, where that differs. */
  readonly saysOfPoison?: readonly string[];
  /** The isolations under which this holds. Under any other, nothing is promised. */
  readonly isolations: readonly Isolation[];
}

const BOTH = ['worker', 'process'] as const;
const ALL = ['inline', 'worker', 'process'] as const;
const PROCESS = ['process'] as const;

/** Every fault of members/, in the order in which it would be noticed. */
export const FAULTS: readonly Fault[] = [
  atLoad('throws-at-import', 'throws when it is imported', 'MEMBER_IMPORT_FAILED', ALL),
  atLoad('hangs-at-import', 'never returns from its import', 'MEMBER_LOAD_TIMEOUT', ALL),
  atLoad('spins-at-import', 'loops forever when it is imported', 'MEMBER_LOAD_TIMEOUT', BOTH),
  atLoad('exits-at-import', 'ends its process when it is imported', 'MEMBER_CRASHED', BOTH),
  atLoad('throws-in-load', 'throws in load', 'MEMBER_LOAD_FAILED', ALL),
  atLoad('hangs-in-load', 'never settles in load', 'MEMBER_LOAD_TIMEOUT', ALL),

  atScore('loops-in-score', 'loops forever in score', ['MEMBER_DEADLINE'], BOTH),
  atScore('backtracks', 'is caught in a backtracking regular expression', ['MEMBER_DEADLINE'], BOTH),
  atScore('never-settles', 'never settles in score', ['MEMBER_DEADLINE'], ALL),
  atScore('answers-late', 'says yes after its deadline', ['MEMBER_DEADLINE'], ALL),
  atScore('throws-in-score', 'throws in score', ['MEMBER_THREW'], ALL),
  atScore('throws-nothing', 'throws what is not an error', ['MEMBER_THREW'], ALL),
  atScore('rejects', 'rejects in score', ['MEMBER_THREW'], ALL),

  atScore('wrong-length', 'gives a column of another length', ['MEMBER_RESULT_INVALID'], ALL),
  atScore('plain-array', 'gives a plain array', ['MEMBER_RESULT_INVALID'], ALL),
  atScore('float64-array', 'gives scores in a Float64Array', ['MEMBER_RESULT_INVALID'], ALL),
  atScore('strings', 'gives scores that are strings', ['MEMBER_RESULT_INVALID'], ALL),
  atScore('nan', 'gives NaN', ['MEMBER_SCORE_NOT_FINITE'], ALL),
  atScore('infinity', 'gives infinity', ['MEMBER_SCORE_NOT_FINITE'], ALL),
  atScore('bad-reasons', 'gives reasons that throw when they are read', ['MEMBER_RESULT_INVALID'], ALL),

  atScore('mutates-example', 'writes into the example', ['MEMBER_THREW'], ALL),
  atScore('mutates-quietly', 'writes into the example and hides that it cannot', ['negative'], ALL),
  atScore('keeps-batch', 'keeps the batch and changes its column later', ['negative'], ALL),
  {
    ...atScore('throws-rarely', 'throws on one example in a thousand', ['negative'], ALL),
    saysOfPoison: ['MEMBER_THREW'],
  },

  atScore('leaks-to-heap-limit', 'allocates until its heap is full', ['MEMBER_CRASHED', 'MEMBER_DEADLINE'], BOTH),
  atScore('exits', 'calls process.exit', ['MEMBER_CRASHED'], BOTH),
  atScore('exits-later', 'calls process.exit after it answered', ['negative', 'MEMBER_CRASHED'], BOTH),
  atScore('rejects-later', 'leaves a rejection unhandled after it answered', ['negative', 'MEMBER_CRASHED'], BOTH),
  atScore('throws-later', 'throws from a timer after it answered', ['negative', 'MEMBER_CRASHED'], BOTH),
  atScore('floods-stdout', 'writes megabytes to stdout', ['negative'], BOTH),

  atScore('blocks-later', 'blocks its thread after it answered', ['negative', 'MEMBER_DEADLINE'], PROCESS),
  atScore('segfaults', 'dies by SIGSEGV', ['MEMBER_CRASHED', 'MEMBER_DEADLINE'], PROCESS),
  atScore('hangs-natively', 'hangs in native code', ['MEMBER_DEADLINE'], PROCESS),
  atScore('patches-array', 'patches Array.prototype', ['negative'], PROCESS),

  atScore('yes-to-everything', 'says yes to everything', ['positive'], ALL),
  atScore('yes-too-often', 'says yes a hundred times as often as it declares', ['positive', 'negative'], ALL),

  atLoad('on-spins-at-import', 'is on an encoder that loops forever when it is imported', 'ENCODER_LOAD_TIMEOUT', BOTH),
  atLoad('on-hangs-in-load', 'is on an encoder that never settles in load', 'ENCODER_LOAD_TIMEOUT', ALL),
  atScore('on-loops', 'is on an encoder that loops forever', ['ENCODER_DEADLINE'], BOTH),
  atScore('on-never-settles', 'is on an encoder that never settles', ['ENCODER_DEADLINE'], ALL),
  atScore('on-throws', 'is on an encoder that throws', ['ENCODER_FAILED'], ALL),
  atScore('on-wrong-length', 'is on an encoder that gives too few rows', ['ENCODER_SHAPE_MISMATCH', 'negative'], ALL),
  atScore('on-nan', 'is on an encoder that gives NaN', ['ENCODER_ROW_NOT_FINITE'], ALL),
  atScore('on-exits', 'is on an encoder that calls process.exit', ['ENCODER_CRASHED'], BOTH),
  atScore(
    'on-throws-later',
    'is on an encoder that throws from a timer after it answered',
    ['negative', 'ENCODER_CRASHED'],
    BOTH,
  ),

  atScore('hangs-in-close', 'never settles in close', ['negative'], ALL),
  atScore('spins-in-close', 'loops forever in close', ['negative'], BOTH),
];

/**
 * What is promised beside a fault, in words: completes "a member that <what> …".
 *
 * @example promise({ name: 'x', what: 'throws', at: 'score', says: ['MEMBER_THREW'], isolations: [] }) // 'fails with MEMBER_THREW'
 */
export function promise({ at, says, saysOfPoison }: Fault): string {
  const codes = [...new Set([...says, ...(saysOfPoison ?? [])])].filter((word) => /^(MEMBER|ENCODER)_/.test(word));
  if (at === 'load') return `is a fault of the suite, ${codes.join(' or ')}`;
  if (saysOfPoison !== undefined) return `fails with ${codes.join(' or ')} on that example only`;
  if (codes.length === 0) return says.includes('positive') ? 'changes no judgement of the others' : 'does no harm';
  return codes.length === says.length
    ? `fails with ${codes.join(' or ')}`
    : `at most fails itself, with ${codes.join(' or ')}`;
}

function atLoad(name: string, what: string, code: string, isolations: readonly Isolation[]): Fault {
  return { name, what, at: 'load', says: [code], isolations };
}

function atScore(name: string, what: string, says: readonly string[], isolations: readonly Isolation[]): Fault {
  return { name, what, at: 'score', says, isolations };
}
