import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { NxError } from '../errors.ts';

/** What {@link encodeSamples} takes. */
export interface EncodeSamplesRequest {
  /** Absolute path of the workspace. */
  readonly root: string;
  readonly encoderPackage: string;
  /** Absolute path of its folder. */
  readonly encoderDir: string;
  /** Export condition of sources. */
  readonly condition: string;
  readonly texts: readonly string[];
}

/** The row of each text, shape [n][width], float32. */
export type EncodeSamples = (request: EncodeSamplesRequest) => readonly (readonly number[])[];

const TIMEOUT_MS = 300_000;

/**
 * Encodes texts by `clamor encode` of the workspace: what runs an encoder is no business of a generator. The encoder may be TypeScript
 * that needs the condition of the workspace's sources.
 *
 * @throws {NxError} `GENERATE_ENCODER_UNREADABLE`
 */
export const encodeSamples: EncodeSamples = ({ root, encoderPackage, encoderDir, condition, texts }) => {
  const unreadable = (found: string, todo: string): NxError =>
    new NxError(
      'GENERATE_ENCODER_UNREADABLE',
      `${encoderPackage} could not encode the texts of the samples: ${found}\n${todo}`,
    );
  let clamor: string;
  try {
    clamor = join(
      dirname(createRequire(join(root, 'package.json')).resolve('@clamor/cli/package.json')),
      'bin/clamor.js',
    );
  } catch {
    throw unreadable('the command clamor is not there.', 'Install it: npm install --save-dev @clamor/cli.');
  }
  const args = [`--conditions=${condition}`, '--disable-warning=ExperimentalWarning', clamor];
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [...args, 'encode', encoderDir, '--texts', '-', '--json', '--workers', '1'],
    {
      cwd: root,
      input: texts.map((text) => `${JSON.stringify(text)}\n`).join(''),
      encoding: 'utf8',
      timeout: TIMEOUT_MS,
      env: { ...process.env, NODE_OPTIONS: '' },
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  if (status === 0) return (JSON.parse(stdout) as { readonly rows: number[][] }).rows;
  const reason = error?.message ?? (stderr.trim() || `it ended with ${status}`);
  throw unreadable(reason.slice(-2000), 'Correct it, run npm install, or take another: --encoder NAME.');
};
