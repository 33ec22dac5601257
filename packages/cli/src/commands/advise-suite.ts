import { advise } from '@clamor/evaluation';
import { hashColumns } from '@clamor/store';

import { answerContext } from '../answer-context.ts';
import { chooseExploreSplit } from '../choose-split.ts';
import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { measureTable } from '../measured-table.ts';
import { measureCosts } from '../member-cost.ts';
import { openSuite, type SuiteOptions } from '../open-suite.ts';
import { openEvidence } from '../split-evidence.ts';
import { type AnswerOutputs, writeReport } from '../write-report.ts';

const FROZEN = 'This split is held back: thresholds are never chosen on it, so that only removals are advised.';

/** What {@link adviseSuite} takes. */
export interface AdviseSuiteOptions extends SuiteOptions, Omit<AnswerOutputs, 'junit'> {
  /** Default the first split with the role explore. */
  readonly split?: string;
}

/** `clamor advise SUITE`: which moves would make the suite better, and what each would give. */
export async function adviseSuite(options: AdviseSuiteOptions, io: Io): Promise<ExitCode> {
  await using opened = await openSuite(options, io, (source) => void chooseExploreSplit(source, options.split));
  const { suite, source, cache } = opened;
  const split = chooseExploreSplit(source, options.split);
  const evidence = await openEvidence({ source, split }, io);
  const measured = await measureTable({ source, suite, io, cache, split: split.name });
  const { msPerExample, note } = await measureCosts({ suite, source, split, io });
  const measuredNames = new Set(measured.table.members.map(({ name }) => name));
  const result = advise(measured.table, {
    policy: suite.policy,
    thresholds: evidence.isHeldBack ? 'frozen' : 'movable',
    costs: Object.fromEntries([...msPerExample].filter(([name]) => measuredNames.has(name))),
  });
  const use = await evidence.answer({
    kind: 'advice',
    suiteVersion: suite.suiteVersion,
    ids: measured.columns.examples.map(({ id }) => id),
    members: [],
    columns: hashColumns(measured.table.members),
    outcome: { moves: result.moves.length, below: result.below },
  });
  const context = answerContext(measured, {
    suite,
    source,
    use,
    notes: [note, ...(evidence.isHeldBack ? [FROZEN] : [])],
  });
  await writeReport({ kind: 'advice', context, result }, options, io);
  return EXIT_CODES.ok;
}
