import { clustersOnSpam } from './clusters-on-spam.ts';
import { coverage } from './coverage.ts';
import { falsePasses } from './false-passes.ts';
import { gateErrors } from './gate-errors.ts';
import { guard } from './guard.ts';
import type { Simulation } from './simulation.ts';
import { watching } from './watching.ts';
import { whatToLabel } from './what-to-label.ts';

/** Every simulation, in the order in which they are run. */
export const SIMULATIONS: readonly Simulation[] = [
  coverage,
  falsePasses,
  gateErrors,
  watching,
  whatToLabel,
  clustersOnSpam,
  guard,
];
