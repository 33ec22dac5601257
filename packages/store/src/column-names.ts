import { StoreError } from './errors.ts';

/**
 * Refuses a table whose columns cannot be told apart.
 *
 * @throws {StoreError} `STORE_COLUMN_NAME_INVALID`
 */
export function checkColumnNames(names: readonly string[], file: string): void {
  const faults = [...names.entries()].flatMap(([i, name]) => {
    if (name === '') return [`column ${i + 1} has no name`];
    return names.indexOf(name) < i ? [`"${name}" is the name of two columns`] : [];
  });
  if (faults.length === 0) return;
  throw new StoreError(
    'STORE_COLUMN_NAME_INVALID',
    `"${file}": ${faults.slice(0, 5).join('; ')}.\nGive every column a name of its own in the header.`,
  );
}
