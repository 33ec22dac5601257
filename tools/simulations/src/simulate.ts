// Runs the simulations, all or those named, and writes docs/simulations/<name>.md: npm run simulate [-- NAME…]
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { SIMULATIONS } from './all.ts';
import { simulationPage } from './simulation-page.ts';

const DOCS = new URL('../../../docs/simulations/', import.meta.url);
const SEED = 20_261_125;

const names = process.argv.slice(2);
const unknown = names.filter((name) => !SIMULATIONS.some((simulation) => simulation.name === name));
if (unknown.length > 0) {
  const known = SIMULATIONS.map(({ name }) => name).join(', ');
  console.error(`There is no simulation ${unknown.join(', ')}. There are: ${known}.`);
  process.exit(2);
}

await mkdir(DOCS, { recursive: true });
for (const simulation of SIMULATIONS) {
  if (names.length > 0 && !names.includes(simulation.name)) continue;
  const start = performance.now();
  const body = await simulation.run({
    seed: SEED,
    scale: 1,
    onProgress: (done, total) => {
      if (process.stderr.isTTY) process.stderr.write(`\r${simulation.name} ${done}/${total} `);
    },
  });
  const file = new URL(`${simulation.name}.md`, DOCS);
  await writeFile(file, simulationPage(simulation, body, SEED));
  const seconds = Math.round((performance.now() - start) / 1000);
  console.log(`${simulation.title}: ${seconds} s, written to ${fileURLToPath(file)}`);
}
