/**
 * Freezes an example all the way down, so that no member can change what another one reads. Typed arrays cannot be frozen
 * and are left as they are: a suite's examples hold none.
 *
 * @returns The same value.
 * @example Object.isFrozen(freezeExample({ subject: 'hi' })) // true
 */
export function freezeExample<Example>(example: Example): Example {
  if (typeof example !== 'object' || example === null || Object.isFrozen(example) || ArrayBuffer.isView(example))
    return example;
  Object.freeze(example);
  for (const part of Object.values(example)) freezeExample(part);
  return example;
}
