import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { NxError } from '../errors.ts';
import { ownDir } from './own-package.ts';

/** What {@link readSamples} takes. */
export interface ReadSamplesRequest {
  /** Package of the suite, for messages. */
  readonly suitePackage: string;
  /** Absolute path of its entry; `null` when it has none that is there. */
  readonly suiteEntry: string | null;
  /** Export condition of sources. */
  readonly condition: string;
  readonly inputs: readonly unknown[];
}

/** What untrained members read of an example. */
export interface ReadSample {
  /** Distinct terms. */
  readonly terms: number;
  /** What an encoder is given. */
  readonly text: string;
}

/** What is read of each input as the suite parses it, shape [n]. */
export type ReadSamples = (request: ReadSamplesRequest) => readonly ReadSample[];

const TIMEOUT_MS = 60_000;

/**
 * Reads inputs as members would. The suite's code runs in a process of its own: it may be TypeScript that needs the condition
 * of the workspace's sources, and a generator must not hang with it.
 *
 * @throws {NxError} `GENERATE_SUITE_UNREADABLE`
 */
export const readSamples: ReadSamples = ({ suitePackage, suiteEntry, condition, inputs }) => {
  if (suiteEntry === null)
    throw unreadable(suitePackage, 'Its package.json exports no file that is there.', 'Build it, or install it again.');
  const args = [`--conditions=${condition}`, '--disable-warning=ExperimentalWarning', processFile(), suiteEntry];
  const { status, stdout, stderr, error } = spawnSync(process.execPath, args, {
    input: JSON.stringify(inputs),
    encoding: 'utf8',
    timeout: TIMEOUT_MS,
    env: { ...process.env, NODE_OPTIONS: '' },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status === 0) return JSON.parse(stdout) as ReadSample[];
  const reason = error?.message ?? (stderr.trim() || `it ended with ${status}`);
  throw unreadable(
    suitePackage,
    reason.slice(-2000),
    'Correct it, run npm install, or give other inputs: --samples inputs.jsonl.',
  );
};

function unreadable(suitePackage: string, found: string, todo: string): NxError {
  return new NxError(
    'GENERATE_SUITE_UNREADABLE',
    `${suitePackage} could not parse the inputs of the samples: ${found}\n${todo}`,
  );
}

function processFile(): string {
  const source = fileURLToPath(new URL('read-samples-process.ts', import.meta.url));
  return existsSync(source) ? source : join(ownDir(), 'dist/generate/read-samples-process.js');
}
