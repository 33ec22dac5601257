import { type EvaluationFault, throwFaults } from '../errors.ts';
import type { JudgementCode, JudgementTable, Label } from './judgement-table.ts';

/** What {@link verdictsToTable} reads of a verdict; the verdicts of a running suite have it. */
export interface JudgedExample {
  readonly key: string;
  /** Whether the example was to be asked in full: `false` when the first positive could end the asking. */
  readonly full: boolean;
  readonly judgements: readonly {
    readonly member: string;
    readonly mode: 'active' | 'shadow' | 'off';
    readonly judgement: 'positive' | 'negative' | 'abstained' | 'failed';
  }[];
  /** Why the example could not be read; then everybody failed on it. */
  readonly error?: unknown;
}

/**
 * Verdicts with their labels as a table, for figures of what was judged.
 *
 * Active members only. One that was not active on an example (in shadow, off, not rolled out to its key) stands there as abstained: it
 * had no part in the verdict. On an example that could not be read everybody failed.
 *
 * A verdict that may have stopped early is refused, even if everybody happened to be asked: nobody knows what the others would have said
 * on the rest, and those on which everybody was asked are chosen by having no positive. Use the share that is always asked in full.
 *
 * @param verdicts - Shape [n].
 * @param labels - Shape [n], in their order.
 * @throws {EvaluationError} `EVAL_EARLY_STOPPED`, `EVAL_LENGTH_MISMATCH`; all faults together.
 * @example
 * const said = [{ member: 'a', mode: 'active', judgement: 'positive' }];
 * verdictsToTable([{ key: 'mail-1', full: true, judgements: said }], [1])
 * // { labels: [1], members: [{ name: 'a', judgements: [1] }] }
 */
export function verdictsToTable(verdicts: readonly JudgedExample[], labels: readonly Label[]): JudgementTable {
  throwFaults(faultsOf(verdicts, labels));
  const rows = verdicts.map(
    ({ judgements }) =>
      new Map(
        judgements.filter(({ mode }) => mode === 'active').map(({ member, judgement }) => [member, CODES[judgement]]),
      ),
  );
  const names = new Set(rows.flatMap((row) => [...row.keys()]));
  return {
    labels: [...labels],
    members: [...names].map((name) => ({
      name,
      judgements: rows.map((row, i) => (verdicts[i]?.error === undefined ? (row.get(name) ?? null) : 'failed')),
    })),
  };
}

const CODES = { positive: 1, negative: 0, abstained: null, failed: 'failed' } as const satisfies {
  readonly [judgement: string]: JudgementCode;
};

function faultsOf(verdicts: readonly JudgedExample[], labels: readonly Label[]): EvaluationFault[] {
  const stopped = verdicts.filter(({ full }) => !full);
  const faults = stopped.map(({ key }): EvaluationFault => ({
    code: 'EVAL_EARLY_STOPPED',
    message: `The verdict on "${key}" may have stopped at the first positive. Leave out verdicts with full: false; figures come from the share that is asked in full.`,
  }));
  if (verdicts.length === labels.length) return faults;
  const message = `There are ${verdicts.length} verdicts and ${labels.length} labels; there must be one label per verdict, null where it is not known.`;
  return [...faults, { code: 'EVAL_LENGTH_MISMATCH', message }];
}
