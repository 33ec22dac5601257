import { column } from '@clamor/contract';
import type { Label, MemberColumn, ScoredTable } from '../src/index.ts';
import { createRandom, type Random } from '../src/statistics/random.ts';

/** Share of the spam that each member of a suite like the spam suite was made for, and how well it sees it. */
const MEMBERS: readonly { readonly name: string; readonly sees: number; readonly abstains: number }[] = [
  { name: 'words', sees: 0.8, abstains: 0 },
  { name: 'characters', sees: 0.6, abstains: 0 },
  { name: 'urls', sees: 0.5, abstains: 0.4 },
  { name: 'structure', sees: 0.4, abstains: 0.3 },
  { name: 'headers', sees: 0.5, abstains: 0 },
  { name: 'advance-fee', sees: 0.1, abstains: 0 },
  { name: 'loans', sees: 0.15, abstains: 0 },
];

/** The member whose world changes: `headers` calls a tenth of the later mail that is no spam spam, and nobody else does. */
export const DRIFTED = 'headers';
const DRIFT = 0.1;

/**
 * Mail of a suite of seven, 3,000 earlier and 3,000 later, with one member that drifts on the later mail.
 *
 * Scores lie in [0, 1) and every threshold is .5. On the earlier mail each member is wrong on one of 2,000 examples that are no
 * spam.
 */
export function plantedDrift(seed: number): { readonly earlier: ScoredTable; readonly later: ScoredTable } {
  const random = createRandom(seed);
  return { earlier: mails(random, 0), later: mails(random, DRIFT) };
}

function mails(random: Random, drift: number): ScoredTable {
  const labels = Array.from({ length: 3000 }, (): Label => (random() < 0.4 ? 1 : 0));
  return {
    labels,
    members: MEMBERS.map(({ name, sees, abstains }): MemberColumn => {
      const wrong = 1 / 2000 + (name === DRIFTED ? drift : 0);
      return {
        name,
        threshold: 0.5,
        column: column(labels, (label) => {
          if (random() < abstains) return null;
          const isPositive = random() < (label === 1 ? sees : wrong);
          return (random() + (isPositive ? 1 : 0)) / 2;
        }),
      };
    }),
  };
}
