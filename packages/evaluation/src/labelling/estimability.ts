// Question: which figures can the labels at hand not estimate, because who got a label depends on what was said?
// Source: verification bias: Begg & Greenes, Assessment of diagnostic tests when disease verification is subject to selection
// bias, Biometrics 39 (1983), 207–215, https://doi.org/10.2307/2530820.
import { type BitTable, toBitTable } from '../table/bit-table.ts';
import { difference } from '../table/bit-column.ts';
import { isUnbalanced, type LabelledPart, labelledPart } from './labelled-share.ts';
import type { JudgementTable } from '../table/judgement-table.ts';
import type { NotEstimable } from './not-estimable.ts';
import { positivesOf } from '../table/positives.ts';

/** What {@link estimability} takes besides the table. */
export interface EstimabilityOptions {
  /**
   * `random`: who got a label had nothing to do with judgements or truth. `selective`: it had, in ways unknown, such as by
   * complaints. Default: found out from the shares that are labelled; what depends on the truth alone cannot be seen there.
   */
  readonly labelling?: 'random' | 'selective';
}

/** All the tests of a table together find a difference that is none at most once in a hundred tables. */
const SIGNIFICANCE = 0.01;

type Figure = NotEstimable['figure'];
const NEED_NEGATIVES: readonly Figure[] = ['recall', 'f1', 'falseNegatives', 'trueNegatives'];

/**
 * The figures that the labels at hand cannot estimate: print the reason in their place.
 *
 * A figure mixes parts of the examples: recall, F1, false and true negatives mix positive and negative verdicts; precision
 * mixes what each member alone calls positive and what several do. It is estimable when the parts are labelled in equal
 * shares, or when sampling weights, 1 ÷ inclusion probability, make up for it. It is not when
 *
 * - a part has examples and none of them a label, or
 * - the shares differ by more than a tenth, and by Fisher's exact test at .01 ÷ number of tests (not with `random`), and the
 *   weights do not restore the proportions, or
 * - labels are declared `selective`, there are no weights, and not all of it is labelled.
 *
 * What is said of the suite's recall and F1 holds for every member's, unique recall included: they divide by the same
 * positive labels.
 *
 * @returns The suite's figures first, then those of the members in the order of the table; empty for a fully labelled table.
 * @throws {EvaluationError} what `toBitTable` throws.
 * @example
 * // Positives were reviewed, negatives were not: recall would come out as 1.
 * estimability({ labels: [1, 1, 0, null, null], members: [{ name: 'words', judgements: [1, 1, 1, 0, 0] }] })
 *   .map((one) => one.figure) // ['recall', 'f1', 'falseNegatives', 'trueNegatives']
 */
export function estimability(table: JudgementTable | BitTable, options: EstimabilityOptions = {}): NotEstimable[] {
  const bits = toBitTable(table);
  const { any, all, twoOrMore, anyFailed } = positivesOf(bits);
  const positive = labelledPart(bits, 'positive verdicts', any);
  const negative = labelledPart(bits, 'negative verdicts', difference(all, any));
  const members = bits.members.map(({ name, positive: own }) => {
    const sole = difference(own, twoOrMore);
    return {
      name,
      unique: labelledPart(bits, `examples that "${name}" alone calls positive`, difference(sole, anyFailed)),
      sole: labelledPart(bits, `examples that "${name}" alone calls positive`, sole),
      notSole: labelledPart(bits, 'other positive verdicts', difference(any, sole)),
      shared: labelledPart(bits, `positives that "${name}" shares`, difference(own, sole)),
    };
  });
  const rule: LabellingRule = {
    labelling: options.labelling ?? null,
    isWeighted: hasWeights(bits),
    significance: SIGNIFICANCE / (1 + 2 * members.length),
  };
  const mixture =
    firstReason(
      members.map(({ sole, notSole }) => [sole, notSole]),
      rule,
    ) ?? whyNoLabel([positive]);
  const againstNegative = whyNot([negative, positive], rule) ?? whyNoLabel([negative, positive]);
  const suite = [
    ...entries(['precision'], null, mixture ?? whySelective([positive], rule)),
    ...entries(NEED_NEGATIVES, null, againstNegative ?? mixture ?? whySelective([negative, positive], rule)),
  ];
  return [
    ...suite,
    ...members.flatMap(({ name, unique, sole, shared }) => [
      ...entries(['precision'], name, whyNot([sole, shared], rule) ?? whySelective([sole, shared], rule)),
      ...entries(['uniquePrecision'], name, whyNoLabel([unique]) ?? whySelective([unique], rule)),
    ]),
  ];
}

/** Whether weights say anything: those of a summary may be numbers of examples. */
function hasWeights({ weights, counts }: BitTable): boolean {
  return weights !== null && (counts === undefined || weights.some((weight, i) => weight !== counts[i]));
}

interface LabellingRule {
  readonly labelling: 'random' | 'selective' | null;
  readonly isWeighted: boolean;
  readonly significance: number;
}

type TwoParts = readonly [LabelledPart, LabelledPart];

function entries(figures: readonly Figure[], member: string | null, reason: string | null): NotEstimable[] {
  return reason === null ? [] : figures.map((figure) => ({ figure, member, reason }));
}

function firstReason(pairs: readonly TwoParts[], rule: LabellingRule): string | null {
  for (const pair of pairs) {
    const reason = whyNot(pair, rule);
    if (reason !== null) return reason;
  }
  return null;
}

/** Why two parts cannot be mixed, or `null` when they can. */
function whyNot([a, b]: TwoParts, rule: LabellingRule): string | null {
  if (rule.labelling === 'random' || !isUnbalanced(a, b, rule)) return null;
  const [less, more] = a.labelled * b.examples < b.labelled * a.examples ? [a, b] : [b, a];
  return `Of ${shareOf(less)} have a label, of ${shareOf(more)}, and ${rule.isWeighted ? 'the weights do not' : 'no weights'} make up for it; label a random sample of the ${less.name}, or pass 1 ÷ inclusion probability as weights.`;
}

/** Whichever part has examples and no label at all. */
function whyNoLabel(parts: readonly LabelledPart[]): string | null {
  const unseen = parts.find(({ examples, labelled }) => examples > 0 && labelled === 0);
  return unseen === undefined
    ? null
    : `None of the ${unseen.examples} ${unseen.name} has a label; label a random sample of them.`;
}

/** Labels that were declared selective tell of the labelled only. */
function whySelective(parts: readonly LabelledPart[], { labelling, isWeighted }: LabellingRule): string | null {
  if (labelling !== 'selective' || isWeighted) return null;
  const part = parts.find(({ examples, labelled }) => labelled < examples);
  return part === undefined
    ? null
    : `Labels were given selectively and to ${part.labelled} of ${part.examples} ${part.name} only; label all or a random sample of them, or pass 1 ÷ inclusion probability as weights.`;
}

function shareOf({ name, examples, labelled }: LabelledPart): string {
  const percent = (100 * labelled) / examples;
  return `${examples} ${name} ${labelled} (${percent.toFixed(percent < 10 ? 1 : 0)} %)`;
}
