import type { ReportContext } from '@clamor/report';

import type { Io } from '../io.ts';
import type { ComparedVersions, VersionPair } from './compared-package.ts';
import { compareParsing } from './compare-parsing.ts';

/** Two versions of a suite's package on the examples of a split. Nothing is told of labels, so no look is logged. */
export async function suiteVersions(pair: VersionPair, io: Io): Promise<ComparedVersions> {
  const { other, discovery } = pair;
  const { outputs, formats } = await compareParsing({ ...pair, before: other.dir, after: discovery.host }, io);
  return {
    observed: { judgements: 0, needs: 0, outputs: outputs.differing, formats },
    member: null,
    outputs,
    context: suiteContext(pair, [
      'The code that reads files of a format is not compared, only what a format is called.',
    ]),
  };
}

/** What a comparison of outputs belongs to. */
export function suiteContext({ suite, source, split }: VersionPair, notes: readonly string[]): ReportContext {
  return {
    suite: suite.name,
    suiteVersion: suite.suiteVersion,
    dataset: source.dataset,
    split: split.name,
    roles: split.roles,
    notes,
  };
}
