// The figures of the README's section Data: npm run data -w @clamor/spam-evaluation
import { corpusTable, leakTable, sliceTable, splitTable } from './data-table.ts';
import { corpusMails, spamExamples } from './dataset.ts';

console.log(await corpusTable(corpusMails()));
console.log(`\n${splitTable()}\n\n${await leakTable(spamExamples('train'))}`);
console.log(`\n${await sliceTable(spamExamples('train'))}`);
