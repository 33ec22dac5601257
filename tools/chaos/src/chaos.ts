// Mixes the faults under load, then kills writers of the state: npm run chaos [-- --seconds 60 --seed 1 --faults nan,exits --json FILE]
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FAULTS } from './faults.ts';
import { formatKills, formatReport } from './format-report.ts';
import { installHost } from './install-host.ts';
import { killStateWriters } from './kill-state-writers.ts';
import { runLong } from './long-run.ts';

// Enough to hit every step of a change; a second for about two.
const KILLS_PER_SECOND = 0.5;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    faults: { type: 'string' },
    json: { type: 'string' },
  },
});
const seconds = Number(values.seconds);
const seed = Number(values.seed);
if (!(seconds > 0) || !Number.isInteger(seed) || seed < 1) {
  console.error(
    `--seconds ${values.seconds} --seed ${values.seed}: wanted a number above 0 and a whole number of at least 1.`,
  );
  process.exit(2);
}
const names = values.faults?.split(',');
const faults = names === undefined ? FAULTS : FAULTS.filter(({ name }) => names.includes(name));

const host = installHost();
try {
  const report = await runLong({
    host: host.dir,
    seconds,
    seed,
    faults,
    onProgress: ({ secondsDone, verdicts, violations }) => {
      if (!process.stderr.isTTY) return;
      process.stderr.write(
        `\rchaos ${secondsDone.toFixed(0)} of ${seconds} s: ${verdicts} verdicts, ${violations} violations `,
      );
    },
  });
  if (process.stderr.isTTY) process.stderr.write('\n');
  console.log(formatReport(report));
  const state = await killStateWriters({
    dir: join(host.dir, 'state'),
    kills: Math.ceil(seconds * KILLS_PER_SECOND),
    seed,
  });
  console.log(formatKills(state));
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ ...report, state }, null, 2)}\n`);
  process.exitCode = report.violations.length + state.problems.length === 0 ? 0 : 1;
} finally {
  host.remove();
}
