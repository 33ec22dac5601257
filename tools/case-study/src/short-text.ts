import { type CellFigures, type Compared, type Estimate, POOLED } from './bootstrap.ts';
import { COUNT, estimateText, type Format, numberText, PERCENT, signOf } from './format.ts';
import type { StatisticName } from './statistics.ts';
import type { TeamRow } from './team-figures.ts';

/** What was named in advance as the comparison to look at first. */
const FIRST_SIZE = 16;

/** The findings as a list: which way each comparison went, or that it is not shown. */
export function shortText(figures: readonly CellFigures[], rows: readonly TeamRow[]): string {
  const cell = figures.find(({ kind, size }) => kind === POOLED && size === FIRST_SIZE)!;
  const of = (compared: Compared, statistic: StatisticName) => cell.figures[compared][statistic];
  const value = (compared: Compared, statistic: StatisticName, format: Format) =>
    numberText(of(compared, statistic).mean, format);
  const gain = of('suite − joint', 'recallGain');
  const others = of('suite − joint', 'othersChanged');
  const wrong = of('suite − joint', 'newFalse');
  return [
    `With ${FIRST_SIZE} mails of a kind, the new member takes the suite's recall on it from ${value('suite', 'recallBefore', PERCENT)} to ${value('suite', 'recallAfter', PERCENT)} %; retraining takes that of the joint model from ${value('joint', 'recallBefore', PERCENT)} to ${value('joint', 'recallAfter', PERCENT)} %. Difference of the gains: ${estimateText(gain, { ...PERCENT, isSigned: true })} points: ${told(gain, 'the new member gains more', 'retraining gains more')}.`,
    `On mails that are not of the kind, the new member changes ${value('suite', 'othersChanged', COUNT)} verdicts and retraining ${value('joint', 'othersChanged', COUNT)} (difference ${estimateText(others, { ...COUNT, isSigned: true })}: ${told(others, 'retraining changes fewer', 'the new member changes fewer')}). Of these, spam that was found before and is lost: ${value('suite', 'otherLost', COUNT)}, which an OR cannot do, and ${value('joint', 'otherLost', COUNT)}.`,
    `New false positives: ${value('suite', 'newFalse', COUNT)} by the new member, ${value('joint', 'newFalse', COUNT)} by retraining, which also takes ${value('joint', 'goneFalse', COUNT)} back (difference of the new ones ${estimateText(wrong, { ...COUNT, isSigned: true })}: ${told(wrong, 'retraining makes fewer', 'the new member makes fewer')}).`,
    overall(cell),
    `The new member beside the joint model, which stays as it is, takes recall on the kind from ${value('beside', 'recallBefore', PERCENT)} to ${value('beside', 'recallAfter', PERCENT)} % with ${value('beside', 'othersChanged', COUNT)} other verdicts changed: gain against retraining ${estimateText(of('beside − joint', 'recallGain'), { ...PERCENT, isSigned: true })} points (${told(of('beside − joint', 'recallGain'), 'adding gains more', 'retraining gains more')}), other verdicts changed ${estimateText(of('beside − joint', 'othersChanged'), { ...COUNT, isSigned: true })} (${told(of('beside − joint', 'othersChanged'), 'retraining changes fewer', 'adding changes fewer')}). This arm begins where retraining begins: it tells adding from the suite.`,
    teamShort(rows),
  ]
    .map((line) => `- ${line}`)
    .join('\n');
}

function overall({ figures }: CellFigures): string {
  const [recall, precision] = [figures['suite − joint'].recall, figures['suite − joint'].precision];
  return `Over all mails the suite ends at a recall of ${numberText(figures.suite.recall.mean, PERCENT)} % and a precision of ${numberText(figures.suite.precision.mean, PERCENT)} %, the retrained joint model at ${numberText(figures.joint.recall.mean, PERCENT)} % and ${numberText(figures.joint.precision.mean, PERCENT)} %: ${told(recall, 'the suite finds more', 'the suite finds less', 'recall')}, ${told(precision, 'it is more precise', 'it is less precise', 'precision')}.`;
}

function teamShort(rows: readonly TeamRow[]): string {
  const of = (way: TeamRow['way']) => rows.find((row) => row.way === way && row.accepting === 'unless refuted')!.counts;
  const [suite, joint] = [of('suite'), of('joint')];
  const shown = rows.filter(({ accepting }) => accepting === 'when shown');
  const merged = shown.map(({ counts }) => numberText(counts.merged.mean, COUNT));
  return `A team that merges unless the gate refutes merges ${numberText(suite.merged.mean, COUNT)} of six members and ${numberText(joint.merged.mean, COUNT)} of six retrainings; ${numberText(suite.redone.mean, COUNT)} and ${numberText(joint.redone.mean, COUNT)} deliveries are redone, ${numberText(suite.othersChanged.mean, COUNT)} and ${numberText(joint.othersChanged.mean, COUNT)} verdicts change on mails that nobody meant, and recall on the six kinds ends at ${numberText(suite.recallOnKinds.mean, PERCENT)} and ${numberText(joint.recallOnKinds.mean, PERCENT)} %. Where only what is shown is merged, ${merged.join(', ')} of six are (suite; a branch each; once a round).`;
}

/** Which way a difference goes, where its interval says. */
function told(difference: Estimate, more: string, less: string, what = 'a difference'): string {
  const sign = signOf(difference);
  if (sign === null) return `${what === 'a difference' ? what : `a difference in ${what}`} is not shown`;
  return sign === 'more' ? more : less;
}
