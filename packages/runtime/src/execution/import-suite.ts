import { pathToFileURL } from 'node:url';
import { CONTRACT_VERSION, type Suite, errorMessage } from '@clamor/contract';
import { RuntimeError } from '../errors.ts';
import { type CheckedContent, type ContentProblem, beforeImport, changedContent } from './checked-content.ts';

/**
 * Imports a suite's code.
 *
 * @param entry - Absolute path of the file.
 * @throws {RuntimeError} `SUITE_LOAD_FAILED`
 */
export async function importSuite(entry: string, name: string): Promise<Suite> {
  let suite: Partial<Suite> | undefined;
  try {
    suite = ((await import(pathToFileURL(entry).href)) as { suite?: Partial<Suite> }).suite;
  } catch (cause) {
    throw new RuntimeError(
      'SUITE_LOAD_FAILED',
      `${entry} cannot be imported: ${errorMessage(cause)}. Install the suite again.`,
      { cause },
    );
  }
  if (suite?.kind === 'suite' && suite.contract === CONTRACT_VERSION && suite.name === name) return suite as Suite;
  throw new RuntimeError(
    'SUITE_LOAD_FAILED',
    `${entry} exports as "suite" ${suite === undefined ? 'nothing' : `kind "${suite.kind}", contract ${suite.contract}, name "${suite.name}"`}; ` +
      `wanted defineSuite({ name: '${name}', … }) of contract ${CONTRACT_VERSION}. Correct the suite's package.`,
  );
}

/**
 * Imports a suite's code if its files are those that were checked, before and after.
 *
 * @throws {RuntimeError} `SUITE_LOAD_FAILED`
 */
export async function importCheckedSuite(content: CheckedContent & { readonly name: string }): Promise<Suite> {
  assertUnchanged(await beforeImport(content));
  const suite = await importSuite(content.entry, content.name);
  assertUnchanged(await changedContent(content));
  return suite;
}

function assertUnchanged(problem: ContentProblem | null): void {
  if (problem === null) return;
  const { found, wanted, todo } = problem;
  throw new RuntimeError('SUITE_LOAD_FAILED', `The suite has ${found}; wanted ${wanted}. ${todo}`);
}
