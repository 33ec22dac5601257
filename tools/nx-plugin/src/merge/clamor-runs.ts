import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { NxError } from '../errors.ts';

/** Several runs of `clamor` that come to one exit code and one report. */
export interface ClamorRuns {
  /** Runs it, its output on this terminal; returns its exit code. */
  run(...args: readonly string[]): number;
  /** Adds a line to the report and prints it. */
  say(line: string): void;
  /** Writes the report, removes what was temporary. */
  close(): void;
}

/** What {@link openRuns} takes. */
export interface RunsOptions {
  /** Export conditions that it and its workers resolve packages by. */
  readonly conditions: readonly string[];
  /** File of the report, relative to the root; folders are made. Not written when there is nothing to say. */
  readonly markdown?: string | undefined;
}

/**
 * Opens a report that runs of `clamor` add to.
 *
 * @throws {NxError} `MERGE_CLAMOR_MISSING`
 */
export function openRuns(root: string, { conditions, markdown }: RunsOptions): ClamorRuns {
  const program = clamorProgram(root);
  const options = [process.env['NODE_OPTIONS'] ?? '', ...conditions.map((each) => `--conditions=${each}`)];
  const env = { ...process.env, NODE_OPTIONS: options.join(' ').trim() };
  const folder = mkdtempSync(join(tmpdir(), 'clamor-merge-'));
  const parts: string[] = [];
  return {
    run(...args) {
      const part = join(folder, 'part.md');
      const { status } = spawnSync(process.execPath, [program, ...args, '--markdown', part], {
        cwd: root,
        env,
        stdio: 'inherit',
      });
      if (existsSync(part)) parts.push(readFileSync(part, 'utf8').trim());
      rmSync(part, { force: true });
      return status ?? 1;
    },
    say(line) {
      console.log(line);
      parts.push(line);
    },
    close() {
      rmSync(folder, { recursive: true, force: true });
      if (markdown === undefined || parts.length === 0) return;
      const file = resolve(root, markdown);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${parts.join('\n\n')}\n`);
    },
  };
}

function clamorProgram(root: string): string {
  try {
    return join(
      dirname(createRequire(join(root, 'package.json')).resolve('@clamor/cli/package.json')),
      'bin/clamor.js',
    );
  } catch (cause) {
    throw new NxError(
      'MERGE_CLAMOR_MISSING',
      `@clamor/cli is not installed in ${root}.\nIt measures: npm install --save-dev @clamor/cli.`,
      { cause },
    );
  }
}
