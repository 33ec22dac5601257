import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { host, member, suite, writeFiles } from './host.ts';

const BIN = fileURLToPath(new URL('../bin/clamor.js', import.meta.url));

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the committed JavaScript as a process of its own, with no flag and no build. */
function start(
  args: string[],
  cwd: string,
  onStdout: (child: ReturnType<typeof spawn>) => void = () => {},
): Promise<Ended> {
  const child = spawn(process.execPath, [BIN, ...args], { cwd, env: { PATH: process.env['PATH'] } });
  const { promise, resolve } = Promise.withResolvers<Ended>();
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    onStdout(child);
  });
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  return promise;
}

const texts = (): string => host({ texts: suite(), 'texts-buy': member('buy', 'buy') });

describe('bin/clamor.js', () => {
  it('runs from source in the workspace and answers with the exit code', async () => {
    const cwd = texts();
    writeFiles(cwd, { 'a.jsonl': '"buy"\n\n{"\n' });
    const { exitCode, stdout, stderr } = await start(['judge', 'a.jsonl'], cwd);
    expect(stdout).toContain('1 judged: 1 positive, 0 negative, 0 undetermined; 1 unreadable');
    expect([exitCode, stderr]).toEqual([65, '']);
  });

  it('prints help, its version and usage errors', async () => {
    const cwd = texts();
    expect(await start(['--help'], cwd)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('evaluate') as string,
    });
    expect(await start(['--version'], cwd)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
    });
    expect(await start(['jduge'], cwd)).toMatchObject({
      exitCode: 64,
      stderr: expect.stringContaining('unknown command') as string,
    });
  });

  it('stops cleanly on SIGINT: a summary and exit code 130', async () => {
    const cwd = texts();
    let interrupted = false;
    // stdin stays open and silent after the first lines, so nothing but the signal ends the run.
    const child = spawn(process.execPath, [BIN, 'judge', '-', '--format', 'jsonl'], { cwd });
    child.stdin.write('"buy"\n'.repeat(500));
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      if (!interrupted) child.kill('SIGINT');
      interrupted = true;
    });
    const exitCode = await new Promise((resolve) => child.on('close', resolve));
    expect(exitCode).toBe(130);
    expect(stdout).toMatch(/Stopped early\. \d+ judged/);
  });

  it('ends without a word when nobody reads its output any more', async () => {
    const cwd = texts();
    writeFiles(cwd, { 'a.jsonl': '"buy"\n'.repeat(20_000) });
    const { exitCode, stderr } = await start(['judge', 'a.jsonl'], cwd, (child) => child.stdout?.destroy());
    expect([exitCode, stderr]).toEqual([0, '']);
  });
});
