import type { MemberProblem } from './worker-protocol.ts';

/** A problem of a member or an encoder, on its way out of the steps that found it. */
export class ProblemError extends Error {
  readonly problem: MemberProblem;

  constructor(code: string, found: string, wanted: string, todo: string) {
    super(found);
    this.problem = { code, found, wanted, todo };
  }
}
