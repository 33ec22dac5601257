import type { Simulation } from './simulation.ts';
import { watching } from './watching.ts';

/** Every simulation, in the order in which they are run. */
export const SIMULATIONS: readonly Simulation[] = [watching];
