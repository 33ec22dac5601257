import { RuntimeError } from '../errors.ts';

/** What is wrong with one package. */
export interface Fault {
  /** Package name, or the folder when there is no name. */
  readonly package: string;
  readonly version: string | null;
  /** A code of this package's table, or the code that the member's own code threw. */
  readonly code: string;
  readonly found: string;
  readonly wanted: string;
  /** What to do about it. */
  readonly todo: string;
}

/**
 * A fault as a sentence or three.
 *
 * @example
 * formatFault({ package: 'a', version: '1.0.0', code: 'X', found: 'contract 2', wanted: 'contract 1', todo: 'Upgrade.' })
 * // 'a 1.0.0 [X]: found contract 2; wanted contract 1. Upgrade.'
 */
export function formatFault(fault: Fault): string {
  const name = fault.version === null ? fault.package : `${fault.package} ${fault.version}`;
  return `${name} [${fault.code}]: found ${fault.found}; wanted ${fault.wanted}. ${fault.todo}`;
}

/** An error about packages that says which faults they have. */
export class FaultsError extends RuntimeError {
  readonly faults: readonly Fault[];

  constructor(code: 'SUITE_FAULTY' | 'SUITE_RELOAD_REFUSED', message: string, faults: readonly Fault[]) {
    super(code, message);
    this.faults = faults;
  }
}

/** All faults in one error: fixing one at a time is slow. */
export function faultyError(suite: string, faults: readonly Fault[]): FaultsError {
  const packages = new Set(faults.map((fault) => fault.package)).size;
  const lines = faults.map((fault) => `  ${formatFault(fault)}`);
  return new FaultsError(
    'SUITE_FAULTY',
    `Suite "${suite}" has ${faults.length} fault(s) in ${packages} package(s):\n${lines.join('\n')}\n` +
      "Repair, upgrade or remove them, exclude them, or load with onFault: 'degrade'.",
    faults,
  );
}
