import type { MeasureMessage, MeasurePhase, MeasureResult } from './measure-protocol.ts';

const PHASES: readonly MeasurePhase[] = ['start', 'suite', 'import', 'engine', 'load', 'score', 'samples'];
const NUMBERS: readonly (keyof MeasureResult)[] = [
  'suiteMs',
  'emptyBytes',
  'importMs',
  'engineBytes',
  'loadMs',
  'memberBytes',
];

/**
 * What came from a measuring process, when it is one of its messages: a member runs in that process and may send what it likes.
 *
 * @returns `null` for anything else.
 */
export function readMessage(sent: unknown): MeasureMessage | null {
  const { kind, phase, problem, result } = fieldsOf(sent);
  if (kind === 'phase') {
    const known = PHASES.find((each) => each === phase);
    return known === undefined ? null : { kind, phase: known };
  }
  if (kind === 'problem') {
    const { code, message } = fieldsOf(problem);
    return { kind, problem: { code: String(code).slice(0, 64), message: String(message).slice(0, 1000) } };
  }
  return kind === 'result' && isResult(fieldsOf(result)) ? { kind, result: result as MeasureResult } : null;
}

function isResult(fields: { readonly [field: string]: unknown }): boolean {
  return (
    NUMBERS.every((name) => typeof fields[name] === 'number') &&
    isTime(fields['engineMs']) &&
    isTime(fields['firstScoreMs'])
  );
}

function isTime(value: unknown): boolean {
  return value === null || typeof value === 'number';
}

function fieldsOf(value: unknown): { readonly [field: string]: unknown } {
  return typeof value === 'object' && value !== null ? (value as { readonly [field: string]: unknown }) : {};
}
