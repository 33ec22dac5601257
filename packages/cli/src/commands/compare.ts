import { relative, resolve } from 'node:path';

import type { ChangesetCheck, CompareAnswer, CompareReport } from '@clamor/report';

import { chooseExploreSplit } from '../choose-split.ts';
import { findChangesetRoot, readSaidBump } from '../compare/changesets.ts';
import { checkChangeset } from '../compare/check-changeset.ts';
import {
  type ComparedPackage,
  type ComparedVersions,
  findComparedPackage,
  type VersionPair,
} from '../compare/compared-package.ts';
import { encoderVersions } from '../compare/encoder-versions.ts';
import { memberVersions } from '../compare/member-versions.ts';
import { suiteVersions } from '../compare/suite-versions.ts';
import { followingBump } from '../compare/version-bump.ts';
import { readVersionFacts } from '../compare/version-facts.ts';
import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { openSuite, type SuiteOptions } from '../open-suite.ts';
import { openOtherFolder } from '../other-folder.ts';
import { isHeldBack } from '../split-evidence.ts';
import { type AnswerOutputs, writeReport } from '../write-report.ts';

/** What {@link compare} takes. */
export interface CompareOptions extends SuiteOptions, Omit<AnswerOutputs, 'junit'> {
  /** A member by short name or package, or the package of the suite or of an encoder. */
  readonly member: string;
  /** `npm:VERSION`, `git:REF` or a folder. */
  readonly against: string;
  /** Default the first split with the role explore. */
  readonly split?: string;
  /** Examples to show of each way; default 5. */
  readonly examples?: number;
  /** Compare with what the changesets of the repository say. */
  readonly changeset?: boolean;
}

/** `clamor compare MEMBER --against VERSION`: what changes with this version, and which bump follows? */
export async function compare(options: CompareOptions, io: Io): Promise<ExitCode> {
  const { against, examples = 5, workers } = options;
  const root = options.changeset === true ? findChangesetRoot(io.cwd) : null;
  await using opened = await openSuite(options, io, (source) => void chooseExploreSplit(source, options.split));
  const { suite, source, discovery, cache } = opened;
  const target = findComparedPackage(options.member, opened);
  const { package: name, dir } = target.found;
  await using other = await openOtherFolder(against, { package: name, dir, host: discovery.host }, io);
  const suitePackage = discovery.packages.find(({ marker }) => marker.kind === 'suite' && marker.suite === suite.name);
  const factsIn = (folder: string) => readVersionFacts(folder, suitePackage?.package ?? '');
  const pair: VersionPair = {
    suite,
    source,
    discovery,
    cache,
    split: chooseExploreSplit(source, options.split),
    against,
    other,
    before: factsIn(other.member),
    after: factsIn(dir),
    examples,
    ...(workers === undefined ? {} : { workers }),
  };
  const compared = await versionsOf(target, pair, io);
  const { before, after } = pair;
  const answer: Omit<CompareAnswer, 'changeset'> = {
    package: name,
    kind: target.kind,
    version: { before: before.version, after: after.version },
    ...followingBump(before, after, compared.observed),
    member: compared.member,
    outputs: compared.outputs,
  };
  const changeset = root === null ? null : await changesetOf(root, { pair, compared, answer });
  const report: CompareReport = {
    kind: 'compare',
    context: compared.context,
    against,
    result: { ...answer, changeset },
  };
  await writeReport(report, options, io);
  return changeset === null || changeset.isEnough ? EXIT_CODES.ok : EXIT_CODES.changesetLess;
}

function versionsOf(target: ComparedPackage, pair: VersionPair, io: Io): Promise<ComparedVersions> {
  switch (target.kind) {
    case 'classifier':
      return memberVersions(target.found, pair, io);
    case 'encoder':
      return encoderVersions(target.found, pair, io);
    case 'suite':
      return suiteVersions(pair, io);
  }
}

interface Compared {
  readonly pair: VersionPair;
  readonly compared: ComparedVersions;
  readonly answer: Omit<CompareAnswer, 'changeset'>;
}

async function changesetOf(root: string, { pair, compared, answer }: Compared): Promise<ChangesetCheck> {
  const { other, discovery, split, source, before, after } = pair;
  // The same folder in the work tree of that reference; other versions come without their repository.
  const since = other.tree === undefined ? null : resolve(other.dir, relative(discovery.host, root));
  const isShifted = (compared.member?.scores.differing ?? 0) > 0 || before.threshold !== after.threshold;
  return checkChangeset({
    ...(await readSaidBump(root, { package: answer.package, since })),
    answer,
    examples: isHeldBack(split) ? null : `${split.name} of ${source.dataset}`,
    isNoticeable: answer.causes.length > 0 || isShifted,
  });
}
