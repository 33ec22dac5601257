import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Policy, errorMessage } from '@clamor/contract';
import type { DiscoveredPackage, Discovery } from './discover.ts';
import { RuntimeError } from '../errors.ts';
import { packageEntry } from './package-entry.ts';
import { checkPolicy } from './validate.ts';

/** The suite package of a host, its policy read and checked. */
export interface FoundSuite {
  readonly package: DiscoveredPackage;
  readonly policy: Policy;
  /** Absolute path of the file to import. */
  readonly entry: string;
}

/**
 * Finds the one suite package that is meant.
 *
 * @param name - Name of the suite; may be left out when only one is installed.
 * @throws {RuntimeError} `SUITE_NOT_FOUND`, `SUITE_AMBIGUOUS`, `SUITE_POLICY_INVALID`, `SUITE_LOAD_FAILED`
 */
export function findSuite(discovery: Discovery, name?: string): FoundSuite {
  const suites = discovery.packages.filter((found) => found.marker.kind === 'suite');
  const wanted = suites.filter((found) => name === undefined || found.marker.suite === name);
  const installed = suites.map((found) => found.marker.suite).join(', ') || 'none';
  const [suite] = wanted;
  if (suite === undefined) {
    const which = name === undefined ? 'no suite' : `no suite "${name}"`;
    throw new RuntimeError(
      'SUITE_NOT_FOUND',
      `${discovery.host} declares ${which}; suites found: ${installed}. Install the suite's package, or check the name.`,
    );
  }
  if (wanted.length > 1) {
    throw new RuntimeError(
      'SUITE_AMBIGUOUS',
      `${wanted.length} packages could be the suite: ${wanted.map((found) => `${found.package} in ${found.dir}`).join(', ')}. Name one, or exclude the others.`,
    );
  }
  const entry = packageEntry(suite);
  if (entry === null) {
    throw new RuntimeError(
      'SUITE_LOAD_FAILED',
      `${suite.package} exports no entry. Correct the "exports" of its package.json.`,
    );
  }
  return { package: suite, policy: readPolicy(suite), entry };
}

function readPolicy(suite: DiscoveredPackage): Policy {
  const file = join(suite.dir, 'assets', 'policy.json');
  const refuse = (found: string, cause?: unknown): RuntimeError =>
    new RuntimeError(
      'SUITE_POLICY_INVALID',
      `${file}: ${found}. Wanted a policy of the contract; correct the suite's package.`,
      { cause },
    );
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw refuse(`cannot be read (${errorMessage(cause)})`, cause);
  }
  const checked = checkPolicy(value);
  if ('problem' in checked) throw refuse(checked.problem);
  return checked.value;
}
