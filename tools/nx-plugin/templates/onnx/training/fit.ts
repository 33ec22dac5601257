// A logistic regression over sets of ids by AdaGrad: Duchi, Hazan, Singer, Adaptive subgradient methods, JMLR 12, 2011.

/** One example of a fit. */
export interface FitExample {
  /** Distinct, each in [0, buckets). */
  readonly ids: readonly number[];
  readonly label: 0 | 1;
}

/** Weights of a fit. */
export interface FittedModel {
  /** Shape [buckets], float32. */
  readonly table: Float32Array;
  /** Float32. */
  readonly bias: number;
}

const EPOCHS = 20;
const RATE = 1;

/** Fits the weights; the same examples and seed give the same weights. */
export function fitModel(
  examples: readonly FitExample[],
  { buckets, seed }: { readonly buckets: number; readonly seed: number },
): FittedModel {
  const weights = new Float64Array(buckets);
  const squares = new Float64Array(buckets + 1);
  let bias = 0;
  const random = createRandom(seed);
  const order = examples.map((_, i) => i);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random);
    for (const i of order) {
      const { ids, label } = examples[i]!;
      const scale = 1 / Math.sqrt(Math.max(ids.length, 1));
      let score = bias;
      for (const id of ids) score += scale * weights[id]!;
      const slope = 1 / (1 + Math.exp(-score)) - label;
      for (const id of ids) weights[id]! -= step(squares, id, slope * scale);
      bias -= step(squares, buckets, slope);
    }
  }
  return { table: Float32Array.from(weights), bias: Math.fround(bias) };
}

/** The score that the graph gives, in the float32 steps in which it adds. */
export function scoreIds({ table, bias }: FittedModel, ids: readonly number[]): number {
  let sum = 0;
  for (const id of ids) sum = Math.fround(sum + table[id]!);
  return Math.fround(Math.fround(sum / Math.fround(Math.sqrt(Math.max(ids.length, 1)))) + bias);
}

function step(squares: Float64Array, at: number, slope: number): number {
  squares[at]! += slope * slope;
  return (RATE * slope) / Math.sqrt(squares[at]! + 1e-8);
}

function shuffle(order: number[], random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
}

/** Numbers in [0, 1) from a seed: mulberry32. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
