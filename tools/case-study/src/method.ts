import type { Policy } from '@clamor/contract';

import { DRAWS, ORDERS } from './analyse.ts';
import { KINDS, MIN_SIGNS } from './kinds.ts';
import { FOLDS, REPEATS, SIZES } from './plan.ts';

/** What of the policy stands in the text. */
export type MethodPolicy = Pick<
  Policy,
  'precisionFloor' | 'uniquePrecisionFloor' | 'lossBudget' | 'harmConfidence' | 'meritConfidence'
> & { readonly spendShare: number };

/** The design: written down, with everything in it chosen, before a figure of the test was computed. */
export function methodText(policy: MethodPolicy): string {
  return `
All of this was written down and committed before any figure of \`test\` was computed for it; the history of this repository has it.
What was changed afterwards stands under [When the test was opened](#when-the-test-was-opened).

**Mails.** The SpamAssassin corpus in the split by clusters: weights from \`train\`, thresholds from out-of-fold scores of \`train\` and
\`valid\` in ${FOLDS} folds, figures from \`test\`. Near-duplicates, threads and mails of one subject form clusters, and none is in two splits.

**Kinds.** A spam mail is of the first kind in the table below of which at least ${MIN_SIGNS} different signs stand in its subject or the
first 8,000 characters of its text; the rest is \`other\`. The signs (\`tools/case-study/src/kinds.ts\`) were written while reading
spam of \`valid\`, and counted on \`train\`. To \`test\` the rule is applied blindly: nobody read its mails or checked what it finds there.

**Held out.** For each kind K, base systems are built that know nothing of it: no spam of K, and no spam in one cluster with such a
mail, takes part in weights or thresholds. Ham is always there.

**Systems.** Both read the same mails.

- *Suite*: the five members that learn from every kind (words, headers, urls, characters, structure), with their own feature
  functions and recipes, fitted again without K. Order and thresholds by the suite's policy of growth (\`tools/training\`), as for a
  release: of the false positives left of the budget, a member may spend ${percent(policy.spendShare)}. The specialists of today's suite are left out.
- *Joint model*: one logistic regression over all features, by the recipe of the suite's baseline. It reads everything that any
  system here reads, the words and pairs of words of the new members as well: more than the five members of the base suite. Its
  threshold gives the most true positives at a precision of ${policy.precisionFloor} out of fold. That is the same budget of false positives as the suite's.

**Additions.** k = ${SIZES.map((size) => (size === 'all' ? 'all' : String(size))).join(', ')} mails of K from \`train\` are labelled. Then

- (a) *new member in the suite*: the recipe of the suite's advance-fee specialist (words and pairs of words, logistic regression)
  learns the k mails against all ham of \`train\`; other spam is left out. It joins last, all other thresholds stay, and it may spend from
  what the suite has left of the budget.
- (b) *joint model, retrained*: fitted on what it knew and the k mails; threshold chosen again by the same rule.
- (c) *new member beside the joint model*: the new member of (a), joined by OR to the joint model of before, which stays as it is.
  It tells what comes of adding from what comes of the suite.

Thresholds of all three are chosen on the same mails: those that the base knew, and the k. No mail of K beyond these takes part.

**Repeats.** For 8 and 16 mails ${REPEATS.seeds} draws of which mails, those of 8 being among those of 16; the draws take turns with ${REPEATS.assignments} assignments of clusters to
folds. All mails can be added in one way only, so there a repeat is an assignment of folds.

**Measured**, each addition against its own base, on \`test\`: recall on K; hams that become false positives; verdicts on mails not
of K that change, and of these the spam that is no longer found; recall and precision over all. The comparison that was named
first in advance is (a) − (b) at 16 mails over all kinds: gain of recall on K, new false positives, changed verdicts on mails not of K.

**Intervals** are the middle 95 % of ${DRAWS.toLocaleString('en')} draws in which both the repeats of each kind and the clusters of \`test\` are drawn again, each by
itself (Owen's pigeonhole bootstrap, which errs to the wide side). Arms are drawn together, so that differences are paired. \`all kinds\` is the mean
over the ${KINDS.length} kinds with the same weight each; the kinds are not drawn again: it speaks of these six.

**The team.** Six engineers each bring all training mails of one kind, in ${ORDERS} random orders. The base knows none of the six kinds. Two
work at the same time, from the same main; then the next two. Evidence of every gate are out-of-fold scores of \`train\` and
\`valid\`: the mails that the base knew, and all labelled mails of kinds that anybody has brought by then. \`test\` takes no part in any
decision. The rules are the policy's: loss budget ${policy.lossBudget} (what a merge draws is gone), harm ${policy.harmConfidence}, merit ${policy.meritConfidence} at a floor of ${policy.uniquePrecisionFloor}; counts are divided by
the design effect of the clusters.

- *Members of a suite*: both choose their threshold beside the main that they began with. The joint gate (\`gateJointly\`) says who
  can be merged and in which order; who is left is gated beside main as it is by then. Who fails there because main has moved chooses
  the threshold again, once, and is gated again: that is a delivery redone and an engineer who waited. Nothing is fitted for it.
- *One model, a branch each*: both retrain main's model with their mails. The first is compared with main by what is kept, gained
  and lost (\`gateChange\`). If it is merged, the second knows nothing of it: it is fitted again on everything, compared again, and
  counts as redone and waiting.
- *One model, once a round*: the kindest way to work with one model. Both hand in their mails, the model is fitted once on all of
  them, compared once, and merged or not for both together.

What passes is merged. What fails or has no effect is closed. For what is inconclusive there are two rules, and both are shown:
*merged when shown* closes it (it may run as shadow, where it changes no verdict), *merged unless refuted* merges it.
`.trim();
}

/** What the study cannot tell. */
export const LIMITS: string = `
- Mails of 2001 and 2002, six kinds, one recipe for new members, one joint model. Another joint model (trees over all features, a
  network) may behave otherwise, and so may other kinds. The intervals speak of draws of mails, not of that.
- The kinds are made by keywords, and the new members and the joint model both read words: for kinds that words do not show, both
  would be worse, in proportions unknown.
- To keep thousands of fits to minutes there are ${FOLDS} folds, where a release has five: out-of-fold models know less, so thresholds are
  somewhat more careful than they could be, for all arms. Logistic regressions are solved in the dual with a loose tolerance: scores of
  the joint model are off by less than .01, at a spread of about 10.
- \`test\` holds few mails of some kinds (table above), in few clusters. Percentile intervals of so few are too narrow near 0 and 1.
- Draws of the same kind share their ham, their base and one of ${REPEATS.assignments} assignments of folds; drawn again as if they did not, they make intervals
  somewhat too narrow, which the pigeonhole bootstrap more or less makes up for.
- With all mails of a kind there is no other draw of them: the interval knows of \`test\` and of folds only.
- The suite and the joint model begin at different points: at the same budget one finds more of the kind before anything is added, and
  whoever finds less can gain more. Gains of the two are no race; (b) and (c) begin at the same point.
- The base was denied a kind that its features and recipes were once chosen with: choices made on mails with all kinds.
- \`test\` had been looked at in earlier work on this suite (\`tools/training/README.md\`). Nothing here was chosen by it, but the features
  and recipes are older than this study.
- The team is a simulation: engineers who finish in a set order, work of one size, no review, no meetings, and two at a time. What
  it counts are decisions of gates and changed verdicts, not days. Its spread is over orders; mails and
  folds are not drawn again there.
- A new member is one more thing to run, to watch and to own. The study does not price that.
`.trim();

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
