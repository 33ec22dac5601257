import type { Simulation } from './simulation.ts';

/** Every simulation, in the order in which they are run. */
export const SIMULATIONS: readonly Simulation[] = [];
