// The case study: npm run case-study [-- --refit] [--rehearse] [--processes N]
// Without --refit it reads the columns in data/ and writes the page again. --rehearse fits on train, measures on valid and
// writes into .clamor/case-study: for trying the program out without a look at the test.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { ROOT } from '@clamor/training';

import { analyse } from './analyse.ts';
import { REHEARSAL, STUDY } from './mails.ts';
import { logOpening } from './openings.ts';
import { renderFiles } from './page.ts';
import { FEW_REPEATS, REPEATS } from './plan.ts';
import { readStudyPolicy } from './policy.ts';
import { refit } from './refit.ts';

const { values } = parseArgs({
  options: {
    refit: { type: 'boolean', default: false },
    'fit-only': { type: 'boolean', default: false },
    rehearse: { type: 'boolean', default: false },
    processes: { type: 'string', default: '2' },
  },
});

const isRehearsal = values.rehearse;
const repeats = isRehearsal ? FEW_REPEATS : REPEATS;
const frame = isRehearsal ? REHEARSAL : STUDY;
const work = join(ROOT, '.clamor/case-study', isRehearsal ? 'rehearsal' : 'study');
const data = isRehearsal ? join(work, 'data') : fileURLToPath(new URL('../data', import.meta.url));
const docs = isRehearsal ? join(work, 'docs') : join(ROOT, 'docs');

if (values.refit || values['fit-only']) {
  await refit({ frame, repeats, work, data, processes: Number(values.processes) });
}
if (!values['fit-only']) await writePage();

async function writePage(): Promise<void> {
  const results = await analyse({
    frame,
    repeats,
    data,
    onProgress: tell,
    ...(isRehearsal ? { draws: 100, orders: 3 } : {}),
  });
  const openings = isRehearsal ? [] : await logOpening(data, results.columns, new Date());
  for (const [path, content] of renderFiles(results, { policy: await readStudyPolicy(data), openings })) {
    const file = join(docs, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  tell('');
  console.log(`written to ${join(docs, 'case-study.md')}`);
}

/** Says how far it is; nothing in a pipe. */
function tell(done: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${done}`);
}
