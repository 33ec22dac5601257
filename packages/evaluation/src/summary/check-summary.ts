// Question: can this be the summary of any table at all?
// Source: 0 < d for every example gives weight²/n ≤ Σd² ≤ weight² (Cauchy–Schwarz; cross products are positive).
import type { EvaluationErrorCode, EvaluationFault } from '../errors.ts';
import { duplicateFaults } from '../table/bit-table.ts';
import { judgedKey, setKey } from './sort-summary.ts';
import type { Summary, SummaryJudged, SummarySet } from './summary.ts';
import { summaryFormFaults } from './summary-form.ts';

/** Sums of weights in another order differ in the last digits. */
const TOLERANCE = 1e-9;

/**
 * Everything that is wrong with a summary, whoever made it: its form, names that are no members, rows that occur twice,
 * sums that no table has.
 */
export function checkSummary(summary: Summary): EvaluationFault[] {
  const form = summaryFormFaults(summary);
  if (form.length > 0) return form;
  const known = new Set(summary.members);
  return [
    ...duplicateFaults(summary.members.map((name) => ({ name }))),
    ...summary.sets.flatMap((row, r) => setFaults(row, `sets[${r}]`, known)),
    ...summary.judged.flatMap((row, r) => judgedRowFaults(row, `judged[${r}]`, known)),
    ...repeatedRows(summary.sets, 'sets', setKey),
    ...repeatedRows(summary.judged, 'judged', judgedKey),
    ...totalFaults(summary),
  ];
}

function setFaults(row: SummarySet, place: string, known: ReadonlySet<string>): EvaluationFault[] {
  const { positive, failed, count, weight, squares } = row;
  const names = [...positive, ...failed];
  const repeated = names.find((name, j) => names.indexOf(name) < j);
  const most = weight * weight * (1 + TOLERANCE);
  const least = ((weight * weight) / count) * (1 - TOLERANCE);
  return [
    ...unknownNames(names, place, known),
    ...(repeated === undefined
      ? []
      : [fault('EVAL_SUMMARY_INVALID', `${place} names "${repeated}" twice; a member is positive or failed, once.`)]),
    ...(Number.isSafeInteger(count) && count >= 1
      ? []
      : [fault('EVAL_COUNT_INVALID', `${place}.count is ${count}; a set has a whole number of examples, at least 1.`)]),
    ...(weight > 0 && squares >= least && squares <= most
      ? []
      : [
          fault(
            'EVAL_COUNT_INVALID',
            `${place} has weight ${weight} and squares ${squares} over ${count} examples; wanted weight > 0 and weight² ÷ count ≤ squares ≤ weight².\nSum the weights, and the squares of the single weights.`,
          ),
        ]),
  ];
}

function judgedRowFaults(row: SummaryJudged, place: string, known: ReadonlySet<string>): EvaluationFault[] {
  const isPossible = row.judged >= 0 && row.failed >= 0;
  return [
    ...unknownNames([row.member], place, known),
    ...(isPossible
      ? []
      : [
          fault(
            'EVAL_COUNT_INVALID',
            `${place} has judged ${row.judged} and failed ${row.failed}; neither is below 0.`,
          ),
        ]),
  ];
}

function unknownNames(names: readonly string[], place: string, known: ReadonlySet<string>): EvaluationFault[] {
  return names
    .filter((name) => !known.has(name))
    .map((name) =>
      fault('EVAL_MEMBER_UNKNOWN', `${place} names "${name}"; the members are ${[...known].join(', ') || 'none'}.`),
    );
}

function repeatedRows<Row>(rows: readonly Row[], field: string, keyOf: (row: Row) => string): EvaluationFault[] {
  const seen = new Map<string, number>();
  return rows.flatMap((row, r) => {
    const key = keyOf(row);
    const before = seen.get(key);
    if (before !== undefined) {
      return [
        fault(
          'EVAL_SUMMARY_ROW_DUPLICATE',
          `${field}[${before}] and ${field}[${r}] have the same key ${key}; add them up, or merge summaries of shards with mergeSummaries.`,
        ),
      ];
    }
    seen.set(key, r);
    return [];
  });
}

/** What a member judged and failed, against what the sets of the same label and slice say of it. */
function totalFaults({ members, sets, judged }: Summary): EvaluationFault[] {
  const totals = new Map<string, number>();
  const add = (key: string, weight: number): void => void totals.set(key, (totals.get(key) ?? 0) + weight);
  for (const row of sets) {
    add(cell(row), row.weight);
    for (const name of row.positive) add(cell(row, 'positive', name), row.weight);
    for (const name of row.failed) add(cell(row, 'failed', name), row.weight);
  }
  for (const row of judged) {
    add(cell(row, 'judged', row.member), row.judged);
    add(cell(row, 'reported', row.member), row.failed);
  }
  const cells = new Map([...sets, ...judged].map((row) => [cell(row), row]));
  return [...cells.values()].flatMap((row) => {
    const weight = totals.get(cell(row)) ?? 0;
    const margin = weight * TOLERANCE;
    const where = `label ${row.label}${row.slice === null ? '' : ` of slice "${row.slice}"`}`;
    return members.flatMap((name) => {
      const [positive, failedInSets, judgedBy, failed] = ['positive', 'failed', 'judged', 'reported'].map(
        (what) => totals.get(cell(row, what, name)) ?? 0,
      ) as [number, number, number, number];
      const said = `Member "${name}" has judged ${judgedBy} and failed ${failed} at ${where}`;
      if (judgedBy + failed > weight + margin) {
        return [fault('EVAL_COUNT_INVALID', `${said}, where the sets hold ${weight} examples by weight.`)];
      }
      if (judgedBy < positive - margin) {
        return [fault('EVAL_COUNT_INVALID', `${said}, where the sets hold ${positive} of its positives.`)];
      }
      if (Math.abs(failed - failedInSets) > margin) {
        return [fault('EVAL_COUNT_INVALID', `${said}, where the sets hold ${failedInSets} of its failures.`)];
      }
      return [];
    });
  });
}

/** Key of a sum over the rows with one label and slice. */
function cell({ label, slice }: SummarySet | SummaryJudged, ...what: string[]): string {
  return JSON.stringify([label, slice, ...what]);
}

function fault(code: EvaluationErrorCode, message: string): EvaluationFault {
  return { code, message: `Summary: ${message}` };
}
