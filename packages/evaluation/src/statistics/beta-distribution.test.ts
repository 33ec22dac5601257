import { describe, expect, it } from 'vitest';
import { betaAfter, tabulatedCdf } from './beta-distribution.ts';
import { gaussLegendre, integrate } from './quadrature.ts';

describe('betaAfter', () => {
  it('has the density of the arcsine law before any evidence', () => {
    expect(betaAfter(0, 0, 0.5).density(0.5)).toBeCloseTo(2 / Math.PI, 10); // 1 ÷ (π √(x(1 − x)))
  });

  it('has the density of a polynomial after whole counts and a uniform prior', () => {
    expect(betaAfter(2, 1, 1).density(0.5)).toBeCloseTo(1.5, 10); // 12 x² (1 − x)
  });

  it('is 0 below 0 and 1 above 1', () => {
    const beta = betaAfter(3, 1, 0.5);
    expect([beta.cdf(-0.1), beta.cdf(0), beta.cdf(1), beta.cdf(1.1)]).toEqual([0, 0, 1, 1]);
  });

  it.each([
    [0, 0],
    [1, 0],
    [534, 8],
    [0, 300],
    [1e6, 1e4],
    [0.2, 1e5],
  ])('holds its probability within its support after %d/%d', (a, b) => {
    const { cdf, support } = betaAfter(a, b, 0.5);
    expect(cdf(support[1]) - cdf(support[0])).toBeCloseTo(1, 12);
  });
});

describe('tabulatedCdf', () => {
  it.each([
    [0, 0],
    [1, 0],
    [0.2, 0.1],
    [7.6, 0],
    [534, 8],
    [1e6, 1e4],
    [0.2, 1e5],
  ])('is the distribution function within 1e-7 after %d/%d', (a, b) => {
    const beta = betaAfter(a, b, 0.5);
    const tabulated = tabulatedCdf(beta);
    const [from, to] = beta.support;
    for (let i = -5; i <= 1005; i++) {
      const x = from + ((to - from) * i) / 1000;
      expect(Math.abs(tabulated(x) - beta.cdf(x))).toBeLessThan(1e-7);
    }
  });
});

describe('gaussLegendre', () => {
  it('has the tabulated nodes and weights of degree 3', () => {
    const { nodes, weights } = gaussLegendre(3);
    expect(nodes.map((node) => node.toFixed(12))).toEqual(['-0.774596669241', '0.000000000000', '0.774596669241']);
    expect(weights.map((weight) => weight.toFixed(12))).toEqual(['0.555555555556', '0.888888888889', '0.555555555556']);
  });
});

describe('integrate', () => {
  it('is exact for a polynomial of degree 2k − 1', () => {
    expect(integrate(gaussLegendre(3), [0, 2], (x) => x ** 5)).toBeCloseTo(64 / 6, 12);
  });

  it('is 0 over an empty range', () => {
    expect(integrate(gaussLegendre(3), [1, 1], () => 7)).toBe(0);
  });
});
