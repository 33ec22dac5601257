/** How a simulation is run. */
export interface SimulationOptions {
  /** The same seed gives the same page, to the last digit. */
  readonly seed: number;
  /** Share of the full number of repetitions, in (0, 1]: the tests run a small part. */
  readonly scale: number;
  /** Says how far it is; does nothing in a pipe. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** One question that a sceptic asks, and how it is answered. */
export interface Simulation {
  /** Stem of the page in docs/simulations, kebab-case. */
  readonly name: string;
  /** Heading of the page. */
  readonly title: string;
  /** @returns Markdown below the heading: the question, how it was simulated, the figures, what follows from them. */
  run(options: SimulationOptions): string | Promise<string>;
}
