/**
 * Every place where two results differ: a figure that is missing, of another kind, or further off than it may be.
 *
 * @param toleranceOf - How far a number of that field may be from the expected one.
 */
export function disagreements(
  actual: unknown,
  expected: unknown,
  toleranceOf: (field: string, expected: number) => number,
  path = '',
): string[] {
  if (typeof expected === 'number' && typeof actual === 'number') {
    const tolerance = toleranceOf(path.split('.').at(-1)!, expected);
    return Math.abs(actual - expected) <= tolerance ? [] : [`${path}: ${actual}, expected ${expected}`];
  }
  if (typeof expected !== 'object' || expected === null || typeof actual !== 'object' || actual === null) {
    return actual === expected ? [] : [`${path}: ${String(actual)}, expected ${String(expected)}`];
  }
  const lengths = Array.isArray(expected) ? [[(actual as unknown[]).length, expected.length] as const] : [];
  return [
    ...lengths.filter(([a, b]) => a !== b).map(([a, b]) => `${path}: ${a} entries, expected ${b}`),
    ...Object.entries(expected).flatMap(([key, value]) => {
      const place = path === '' ? key : `${path}.${key}`;
      return disagreements((actual as Record<string, unknown>)[key], value, toleranceOf, place);
    }),
  ];
}
