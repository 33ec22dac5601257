import type { Random } from '@clamor/evaluation';
import type { Fault } from './faults.ts';

/** Which part each fault plays in a long run. */
export interface Cast {
  /** Installed and off in the beginning: control switches them on and off. */
  readonly switched: readonly string[];
  /** Installed and removed by reloads. */
  readonly swapped: readonly string[];
  /** Fail to load, installed and off: control cannot switch them on. */
  readonly unloadable: readonly string[];
  /** Fails to load: a reload that would bring it is refused. */
  readonly unreloadable: string;
}

const SWAPPED_SHARE = 0.2;

/** Deals the parts; every fault that shows on examples is switched or swapped. */
export function castFaults(faults: readonly Fault[], random: Random): Cast {
  const names = (at: Fault['at']): string[] =>
    shuffle(
      faults.filter((fault) => fault.at === at).map(({ name }) => name),
      random,
    );
  const onExamples = names('score');
  const cut = Math.ceil(SWAPPED_SHARE * onExamples.length);
  const [unreloadable = 'throws-in-load', ...unloadable] = names('load');
  return { swapped: onExamples.slice(0, cut), switched: onExamples.slice(cut), unloadable, unreloadable };
}

/** Fisher and Yates. */
function shuffle<Value>(values: Value[], random: Random): Value[] {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [values[i], values[j]] = [values[j] as Value, values[i] as Value];
  }
  return values;
}
