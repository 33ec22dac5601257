import { type Culprit, culpritOf } from './culprit.ts';
import type { ProgressReading } from './progress-cell.ts';
import type { Loss } from './workplace.ts';

/** What is known of a worker that was lost. */
export interface LossParts {
  /** Whether it was stopped because it was late. */
  readonly isStopped: boolean;
  /** Whom it named as it ended. */
  readonly blamed: Culprit | null;
  readonly message: string;
}

/** The loss of a worker thread, by what it published last. */
export function lossOf(during: ProgressReading, { isStopped, blamed, message }: LossParts): Loss {
  const guilty = (isStopped ? null : blamed) ?? culpritOf(during);
  const example = during.activity === 'parsing' && guilty === null ? during.index : null;
  return { during, cause: isStopped ? 'deadline' : 'crash', message, guilty, example };
}

/** Whether a worker was lost before it began with its task: nobody of that task did it. */
export function isBeforeBegin({ during, guilty }: Loss): boolean {
  return during.activity === 'idle' && guilty === null;
}
