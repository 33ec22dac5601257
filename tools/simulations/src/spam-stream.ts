// Question: what does a stream look like in which positive labels are rare and seven members see different parts of them?
// Source: ours; a shared latent strength per example, so that members agree more than by chance.
import { column } from '@clamor/contract';
import type { Label, Random, ScoredTable } from '@clamor/evaluation';

/** Share of positive labels. */
const POSITIVE_RATE = 0.04;
/** How much a member sees of the strength of a positive example, and its threshold. */
const MEMBERS = [
  { name: 'a', sees: 1, threshold: 3.1 },
  { name: 'b', sees: 0.9, threshold: 3.1 },
  { name: 'c', sees: 0.9, threshold: 3.3 },
  { name: 'd', sees: 0.8, threshold: 3 },
  { name: 'e', sees: 0.7, threshold: 3 },
  { name: 'f', sees: 0.7, threshold: 3.2 },
  { name: 'g', sees: 0.5, threshold: 2.9 },
] as const;
/** Mean strength of a positive example, and how strengths spread. */
const STRENGTH = { mean: 3.2, spread: 1.3 } as const;

/** A table of seven members with all its labels. */
export function drawSpamStream(examples: number, random: Random, rate = POSITIVE_RATE): ScoredTable {
  const normal = normalDraws(random);
  const labels = Array.from({ length: examples }, (): Label => (random() < rate ? 1 : 0));
  const strengths = labels.map((label) => (label === 1 ? STRENGTH.mean + STRENGTH.spread * normal() : 0));
  return {
    labels,
    members: MEMBERS.map(({ name, sees, threshold }) => ({
      name,
      column: column(strengths, (strength) => sees * strength + normal()),
      threshold,
    })),
  };
}

/** Box & Muller, Annals of Mathematical Statistics 29 (1958), 610–611: two normal numbers at a time. */
function normalDraws(random: Random): () => number {
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}
