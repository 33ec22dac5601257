import { type CheckedContent, type ContentProblem, beforeImport, changedContent } from './checked-content.ts';
import { ProblemError } from './problem-error.ts';

/**
 * Imports and loads a package whose files must be those that were checked, before and after: an installation may be going on beside
 * a running suite.
 *
 * @param content - What was checked.
 * @param options.code - What a change is called.
 * @param options.load - Imports, checks the shape, loads.
 * @throws {ProblemError} with that code; what was loaded meanwhile is closed.
 */
export async function loadUnchanged<Loaded extends { close(): unknown }>(
  content: CheckedContent,
  { code, load }: { readonly code: string; readonly load: () => Promise<Loaded> },
): Promise<Loaded> {
  assertUnchanged(await beforeImport(content), code);
  const loaded = await load();
  try {
    assertUnchanged(await changedContent(content), code);
    return loaded;
  } catch (error) {
    await loaded.close();
    throw error;
  }
}

function assertUnchanged(problem: ContentProblem | null, code: string): void {
  if (problem !== null) throw new ProblemError(code, problem.found, problem.wanted, problem.todo);
}
