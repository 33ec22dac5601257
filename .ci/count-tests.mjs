// Prints "N passed, N failed", and skipped ones if any, from the file of Vitest's JSON reporter.
import { readFileSync } from 'node:fs';

const { testResults, numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
  readFileSync(process.argv[2], 'utf8'),
);
// A file that cannot be imported has no tests to fail: it counts as one.
const broken = testResults.filter(
  ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
);
const skipped = numPendingTests + numTodoTests;
const counts = [`${numPassedTests} passed`, `${numFailedTests + broken.length} failed`];
console.log([...counts, ...(skipped > 0 ? [`${skipped} skipped`] : [])].join(', '));
