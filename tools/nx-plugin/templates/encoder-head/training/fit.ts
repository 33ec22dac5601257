// A logistic regression over rows of numbers, its weights held down (L2), by Newton's method with conjugate gradients:
// Lin, Weng, Keerthi, Trust region Newton method for large-scale logistic regression, JMLR 9, 2008.

/** One example of a fit. */
export interface FitExample {
  /** Shape [width]. */
  readonly row: Float32Array;
  readonly label: 0 | 1;
}

/** Weights of a fit. */
export interface FittedModel {
  /** Shape [width]. */
  readonly weights: Float64Array;
  readonly bias: number;
}

const [MAX_STEPS, MAX_INNER_STEPS] = [50, 200];
const TOLERANCE = 1e-6;

/**
 * Fits the weights: the least Σ log loss + strength ÷ 2 · Σ weight², with all columns scaled as one, so that their mean variance is
 * 1 whatever the encoder. Each by itself would make rare values loud. There is one least, so the same examples give the same weights.
 *
 * @param strength - Above 0.
 */
export function fitModel(examples: readonly FitExample[], strength: number): FittedModel {
  const { rows, means, deviation } = standardise(examples.map(({ row }) => row));
  const width = means.length;
  const labels = examples.map(({ label }) => label);
  // The last one is the bias, which is not held down.
  const penalty = new Float64Array(width + 1).fill(strength, 0, width);
  let model = new Float64Array(width + 1);
  let loss = lossOf(model);
  for (let step = 0; step < MAX_STEPS; step++) {
    const chances = scores(model).map((score) => 1 / (1 + Math.exp(-score)));
    const slope = add(transposed(chances.map((chance, i) => chance - labels[i]!)), model, penalty);
    if (Math.max(...slope.map(Math.abs)) <= TOLERANCE * examples.length) break;
    const spread = chances.map((chance) => chance * (1 - chance));
    const curve = (direction: Float64Array): Float64Array =>
      add(transposed(scores(direction).map((change, i) => change * spread[i]!)), direction, penalty);
    const direction = solve(curve, slope);
    const descent = dot(slope, direction);
    let [size, next] = [1, model];
    do {
      next = model.map((weight, j) => weight - size * direction[j]!);
      size /= 2;
    } while (lossOf(next) > loss - 1e-4 * size * descent && size > 1e-9);
    model = next;
    loss = lossOf(model);
  }
  const weights = model.slice(0, width).map((weight) => weight / deviation);
  return { weights, bias: model[width]! - dot(weights, means) };

  function scores(of: Float64Array): Float64Array {
    return Float64Array.from(rows, (row) => dot(row, of) + of[width]!);
  }

  function transposed(values: Float64Array): Float64Array {
    const sums = new Float64Array(width + 1);
    for (const [i, row] of rows.entries()) {
      const value = values[i]!;
      for (let j = 0; j < width; j++) sums[j]! += value * row[j]!;
      sums[width]! += value;
    }
    return sums;
  }

  function lossOf(of: Float64Array): number {
    const held = of.reduce((sum, weight, j) => sum + (penalty[j]! * weight * weight) / 2, 0);
    return scores(of).reduce((sum, score, i) => sum + logLoss(score, labels[i]!), held);
  }
}

/** The log loss of a score; never infinite. */
export function logLoss(score: number, label: 0 | 1): number {
  const against = label === 1 ? -score : score;
  return Math.max(against, 0) + Math.log1p(Math.exp(-Math.abs(against)));
}

interface Standardised {
  readonly rows: readonly Float64Array[];
  readonly means: Float64Array;
  /** Of all columns together. */
  readonly deviation: number;
}

/** Columns with mean 0, and a mean variance of 1 over all of them. */
function standardise(rows: readonly Float32Array[]): Standardised {
  const means = new Float64Array(rows[0]?.length ?? 0);
  for (const row of rows) for (const [j, value] of row.entries()) means[j]! += value / rows.length;
  const centred = rows.map((row) => Float64Array.from(row, (value, j) => value - means[j]!));
  const variance = centred.reduce((sum, row) => sum + dot(row, row) / (row.length * rows.length), 0);
  const deviation = variance === 0 ? 1 : Math.sqrt(variance);
  return { rows: centred.map((row) => row.map((value) => value / deviation)), means, deviation };
}

/** Solves curve(x) = wanted by conjugate gradients, far enough for a step of Newton's method. */
function solve(curve: (direction: Float64Array) => Float64Array, wanted: Float64Array): Float64Array {
  const found = new Float64Array(wanted.length);
  const rest = Float64Array.from(wanted);
  let direction = Float64Array.from(wanted);
  let size = dot(rest, rest);
  const enough = size * Math.min(0.25, Math.sqrt(size)) ** 2;
  for (let step = 0; step < MAX_INNER_STEPS && size > enough; step++) {
    const curved = curve(direction);
    const length = size / dot(direction, curved);
    for (let j = 0; j < found.length; j++) {
      found[j]! += length * direction[j]!;
      rest[j]! -= length * curved[j]!;
    }
    const before = size;
    size = dot(rest, rest);
    direction = direction.map((value, j) => rest[j]! + (size / before) * value);
  }
  return found;
}

/** values + model · penalty. */
function add(values: Float64Array, model: Float64Array, penalty: Float64Array): Float64Array {
  return values.map((value, j) => value + model[j]! * penalty[j]!);
}

/** Of as many numbers as the first has. */
function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}
