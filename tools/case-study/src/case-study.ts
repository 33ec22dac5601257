// The case study: npm run case-study [-- --refit] [--rehearse] [--processes N]
// Without --refit it reads the columns in data/ and writes the page again. --rehearse fits on train, measures on valid and
// writes into .clamor/case-study: for trying the program out without a look at the test.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { ROOT } from '@clamor/training';

import { FEW_REPEATS, REPEATS } from './plan.ts';
import { REHEARSAL, STUDY } from './mails.ts';
import { refit } from './refit.ts';

const { values } = parseArgs({
  options: {
    refit: { type: 'boolean', default: false },
    rehearse: { type: 'boolean', default: false },
    processes: { type: 'string', default: '2' },
  },
});

const repeats = values.rehearse ? FEW_REPEATS : REPEATS;
const frame = values.rehearse ? REHEARSAL : STUDY;
const work = join(ROOT, '.clamor/case-study', values.rehearse ? 'rehearsal' : 'study');
const data = values.rehearse ? join(work, 'data') : fileURLToPath(new URL('../data', import.meta.url));

if (values.refit) await refit({ frame, repeats, work, data, processes: Number(values.processes) });
