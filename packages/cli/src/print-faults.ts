import { type Fault, formatFault } from '@clamor/runtime';

import { type Io, printable } from './io.ts';

/** Prints what is wrong with packages, loudly and on stderr: they count as failed in everything that follows. */
export function printFaults(faults: readonly Fault[], io: Io): void {
  if (faults.length === 0) return;
  const lines = faults.map((fault) => `  ! ${formatFault(fault)}`);
  const packages = new Set(faults.map((fault) => fault.package)).size;
  const heading = `clamor: ${faults.length} fault(s) in ${packages} package(s); they count as failed, the others go on.`;
  io.stderr.write(`${printable([heading, ...lines].join('\n'))}\n`);
}
