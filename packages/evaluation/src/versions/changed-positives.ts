// Question: two versions of one member beside the same others: which of the suite's positives stay, come and go?
// Source: the regions of the gate of a changed member (../gate/change-regions.ts), without its decision.
import { changeEvidence } from '../gate/change-evidence.ts';
import { checkChangedTables } from '../gate/change-regions.ts';
import type { GateChangeOptions } from '../gate/gate-change.ts';
import type { ChangeOutcome } from '../gate/outcome.ts';
import { toBitTable } from '../table/bit-table.ts';

/** What {@link changedPositives} takes. */
export type ChangedPositivesOptions = Pick<GateChangeOptions, 'before' | 'after' | 'candidate' | 'required'>;

/** The suite's positives by what becomes of them, as the gate of a changed member counts them. */
export type ChangedPositives = Pick<ChangeOutcome, 'regions' | 'unlabelled' | 'unknown'>;

/**
 * The suite's positives that are kept, gained and lost with another version of a member; nothing is decided.
 *
 * @throws {EvaluationError} what `toBitTable` throws; `EVAL_TABLES_DIFFER` when more than the candidate differs;
 * `EVAL_MEMBER_UNKNOWN`
 * @example
 * const table = (words) => ({ labels: [1, 0], members: [{ name: 'words', judgements: words }] });
 * const { regions } = changedPositives({ before: table([1, 1]), after: table([1, 0]), candidate: 'words' });
 * regions.lost // { truePositives: 0, falsePositives: 1 }
 */
export function changedPositives(options: ChangedPositivesOptions): ChangedPositives {
  const tables = { before: toBitTable(options.before), after: toBitTable(options.after) };
  const { candidate, required = [] } = options;
  checkChangedTables(tables, candidate);
  const facts = changeEvidence(tables, { candidate, clusters: null, required: new Set(required) });
  return { regions: facts.counts, unlabelled: facts.unlabelled, unknown: facts.unknown };
}
