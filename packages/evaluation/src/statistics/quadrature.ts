// Question: at which points, with which weights, is an integral summed?
// Source: Gauss–Legendre; nodes by Newton's method on the Legendre recurrence, as in Press et al., Numerical Recipes,
// 3rd ed. 2007, §4.6.1 (gauleg).

/** Nodes in (−1, 1) and their weights, which add up to 2. */
export interface QuadratureRule {
  readonly nodes: readonly number[];
  readonly weights: readonly number[];
}

/**
 * The Gauss–Legendre rule with k nodes: exact for polynomials of degree below 2k.
 *
 * @example gaussLegendre(2).nodes // [-0.577, 0.577]
 */
export function gaussLegendre(k: number): QuadratureRule {
  const nodes: number[] = [];
  const weights: number[] = [];
  for (let i = k - 1; i >= 0; i--) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (k + 0.5));
    let slope = 1;
    // Newton doubles the digits each time; from this start four rounds reach the last one.
    for (let round = 0; round < 6; round++) {
      const [value, before] = legendre(k, x);
      slope = (k * (x * value - before)) / (x * x - 1);
      x -= value / slope;
    }
    nodes.push(x);
    weights.push(2 / ((1 - x * x) * slope * slope));
  }
  return { nodes, weights };
}

/**
 * ∫ f over [from, to].
 *
 * @returns 0 when the range is empty.
 */
export function integrate(
  rule: QuadratureRule,
  [from, to]: readonly [number, number],
  f: (x: number) => number,
): number {
  if (to <= from) return 0;
  const half = (to - from) / 2;
  let sum = 0;
  for (const [i, node] of rule.nodes.entries()) sum += rule.weights[i]! * f(from + half * (1 + node));
  return half * sum;
}

/** The Legendre polynomials of degree k and k − 1 at x. */
function legendre(k: number, x: number): [number, number] {
  let value = 1;
  let before = 0;
  for (let degree = 1; degree <= k; degree++) {
    [value, before] = [((2 * degree - 1) * x * value - (degree - 1) * before) / degree, value];
  }
  return [value, before];
}
