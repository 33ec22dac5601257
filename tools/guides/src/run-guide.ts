import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { WORKSPACE } from '@clamor/checks/workspace';

import type { GuidePlace } from './guide-place.ts';
import { type GuideStep, guideSteps } from './guide-steps.ts';
import { matchesOutput, plainText } from './match-output.ts';
import { SecondTerminal } from './second-terminal.ts';
import { ShellSession } from './shell-session.ts';

/**
 * Runs a guide from its first command to its last, in one shell.
 *
 * @param file - Relative to this workspace: `docs/guides/first-member.md`.
 * @param place - Where its reader stands when he begins.
 * @throws {Error} naming the line of the guide that failed, or whose output is not what the page shows, with that output.
 */
export async function runGuide(file: string, place: GuidePlace): Promise<void> {
  const steps = guideSteps(readFileSync(join(WORKSPACE, file), 'utf8'), file);
  const session = new ShellSession(place);
  const terminals: SecondTerminal[] = [];
  try {
    for (const step of steps) {
      if (step.inSecondTerminal) terminals.push(await openTerminal(step, { file, session, place }));
      else await runStep(step, { file, session });
    }
  } finally {
    session.close();
    for (const terminal of terminals) await terminal.end();
  }
}

async function runStep(
  step: GuideStep,
  { file, session }: { readonly file: string; readonly session: ShellSession },
): Promise<void> {
  const { status, output, failedLine } = await session.run(step);
  if (status !== 0) {
    const line = failedLine ?? step.line;
    const command = step.commands.split('\n')[line - step.line] ?? '';
    throw new Error(`${file}:${line} ended with exit code ${status}: ${command.trim()}\n${printed(output)}`);
  }
  if (step.shown !== null && !matchesOutput(output, step.shown.text)) {
    throw new Error(`${file}:${step.shown.line} shows other output than there is.\n${printed(output)}`);
  }
}

interface Beside {
  readonly file: string;
  readonly session: ShellSession;
  readonly place: GuidePlace;
}

async function openTerminal(
  { commands, line, shown }: GuideStep,
  { file, session, place }: Beside,
): Promise<SecondTerminal> {
  const terminal = new SecondTerminal(commands, { dir: await session.folder(), env: place.env });
  const isThere = await terminal.says(
    (output) => shown === null || matchesOutput(output, shown.text, { begins: true }),
  );
  if (isThere) return terminal;
  await terminal.end().catch(() => {});
  throw new Error(`${file}:${shown?.line ?? line} shows other output than there is.\n${printed(terminal.output)}`);
}

function printed(output: string): string {
  return `It printed:\n${plainText(output).trimEnd() || '(nothing)'}`;
}
