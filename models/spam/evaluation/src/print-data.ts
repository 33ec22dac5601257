// The figures of the README's section Data: npm run data -w @clamor/spam-evaluation
import { leakTable, splitTable } from './data-table.ts';
import { spamExamples } from './dataset.ts';

console.log(`${splitTable()}\n\n${await leakTable(spamExamples('train'))}`);
