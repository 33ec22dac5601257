import type { CompareAnswer, ReportContext } from '@clamor/report';
import type { DiscoveredPackage, SuiteEncoder, SuiteMember } from '@clamor/runtime';
import type { Split } from '@clamor/store';

import type { OpenSuite } from '../open-suite.ts';
import type { OtherFolder } from '../other-folder.ts';
import { resolveMembers } from '../resolve-members.ts';
import type { ObservedChange } from './version-bump.ts';
import type { VersionFacts } from './version-facts.ts';

/** The package that two versions of are compared. */
export type ComparedPackage =
  | { readonly kind: 'classifier'; readonly found: SuiteMember }
  | { readonly kind: 'suite'; readonly found: DiscoveredPackage }
  | { readonly kind: 'encoder'; readonly found: SuiteEncoder };

/** Two versions of a package, ready to be compared. */
export interface VersionPair extends Pick<OpenSuite, 'suite' | 'source' | 'discovery' | 'cache'> {
  readonly split: Split;
  /** As it was named. */
  readonly against: string;
  readonly other: OtherFolder;
  readonly before: VersionFacts;
  readonly after: VersionFacts;
  /** Examples to show of each way. */
  readonly examples: number;
  readonly workers?: number;
}

/** What examples say of two versions of a package. */
export interface ComparedVersions extends Pick<CompareAnswer, 'member' | 'outputs'> {
  /** `null` where the other version cannot be run beside this one. */
  readonly observed: ObservedChange | null;
  readonly context: ReportContext;
}

/**
 * The installed package of a name: the suite's own or an encoder of its members by full name, otherwise a member by short name
 * or package.
 *
 * @throws {CliError} `CLI_MEMBER_UNKNOWN`, `CLI_MEMBER_FAULTY`
 */
export function findComparedPackage(name: string, { suite, discovery }: OpenSuite): ComparedPackage {
  const own = discovery.packages.find(({ marker }) => marker.kind === 'suite' && marker.suite === suite.name);
  if (own?.package === name) return { kind: 'suite', found: own };
  const encoder = suite.encoders.find((one) => one.package === name);
  if (encoder !== undefined) return { kind: 'encoder', found: encoder };
  const [member] = resolveMembers([name], suite);
  return { kind: 'classifier', found: member! };
}
