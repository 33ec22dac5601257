import { relative } from 'node:path';
import { completeWanted } from './ask.ts';
import { USAGE, readCommandLine } from './command-line.ts';
import { createProject } from './create-project.ts';
import { CreateError } from './errors.ts';
import { Cancelled, terminal } from './terminal.ts';

const EX_USAGE = 64;
const INTERRUPTED = 130;

/**
 * Runs `create-clamor` to its end.
 *
 * @param cwd - Folder that it was called in.
 * @returns The exit code: 0; 1 for a coded error; 64 when it was called wrongly; 130 when who was asked left.
 */
export async function run(args: readonly string[], cwd: string): Promise<number> {
  try {
    return await createByCommandLine(args, cwd);
  } catch (error) {
    if (error instanceof Cancelled) return INTERRUPTED;
    if (!(error instanceof CreateError)) throw error;
    console.error(error.message);
    return error.code === 'CREATE_USAGE' ? EX_USAGE : 1;
  }
}

async function createByCommandLine(args: readonly string[], cwd: string): Promise<number> {
  const said = readCommandLine(args);
  if (said.help) {
    console.log(USAGE);
    return 0;
  }
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY;
  const { dir, project } = await completeWanted(said, isTerminal && !said.yes ? terminal : null, cwd);
  const { dryRun, skipInstall } = said;
  const files = createProject(dir, { project, dryRun, skipInstall });
  const place = relative(cwd, dir) || '.';
  for (const { path } of files) console.log(`CREATE ${place}/${path}`);
  if (dryRun) console.log('Nothing was written: --dry-run.');
  else console.log(`\n${nextSteps(place, { isHost: project.template === 'host', skipInstall })}`);
  return 0;
}

function nextSteps(
  place: string,
  { isHost, skipInstall }: { readonly isHost: boolean; readonly skipInstall: boolean },
) {
  const installs = skipInstall ? ['npm install', ...(isHost ? ['npm run lock'] : [])] : [];
  const steps = [
    ...(place === '.' ? [] : [`cd ${place}`]),
    ...installs,
    ...(isHost ? ['npm start', 'npm test'] : ['git init -b main && git add -A && git commit -m "begin"', 'npm test']),
  ];
  return `Next:\n\n${steps.map((step) => `    ${step}`).join('\n')}\n\nREADME.md says the rest.`;
}
