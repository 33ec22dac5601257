import { createHash } from 'node:crypto';

import { errorMessage } from '@clamor/contract';
import { type EncodingColumn, loadSuite, type SuiteEncoder } from '@clamor/runtime';

import { CliError } from '../errors.ts';
import type { Io } from '../io.ts';
import { startProgress } from '../progress.ts';
import { unusableReason } from './compare-member.ts';
import type { ComparedVersions, VersionPair } from './compared-package.ts';
import { encoderHost } from './encoder-host.ts';
import { suiteContext } from './suite-versions.ts';
import { followingBump } from './version-bump.ts';

/** Nobody waits for a comparison: what an encoder does not answer within a minute, it does not answer. */
const DEADLINES = { deadlineMs: 120_000, encoderDeadlineMs: 60_000 };

/**
 * Two versions of an encoder on the texts that the members on it take from the examples of a split, row by row, bit for bit. A
 * text that only one of them encodes is a difference, too. Nothing is told of labels, so no look is logged.
 *
 * @throws {CliError} `CLI_VERSION_UNUSABLE`, unless the two differ by a major in what they say of themselves.
 */
export async function encoderVersions(encoder: SuiteEncoder, pair: VersionPair, io: Io): Promise<ComparedVersions> {
  const { before, after } = pair;
  const compared = await compareRows(encoder, pair, io).catch((error: unknown) => {
    if (followingBump(before, after, null).bump === 'major') return unusableReason(error);
    throw error;
  });
  if (typeof compared === 'string') {
    const notes = [`Rows are not compared. ${compared}`];
    return { observed: null, member: null, outputs: null, context: suiteContext(pair, notes) };
  }
  const members = encoder.members.map(({ member }) => member).join(', ');
  const notes = [`Texts are those that ${members} take from the examples.`];
  return {
    observed: { judgements: 0, needs: 0, outputs: compared.differing },
    member: null,
    outputs: { unit: 'text', ...compared, keys: [] },
    context: suiteContext(pair, notes),
  };
}

interface ComparedRows {
  readonly compared: number;
  readonly differing: number;
}

async function compareRows(encoder: SuiteEncoder, pair: VersionPair, io: Io): Promise<ComparedRows> {
  const old = await rowHashes(pair.other.member, encoder, pair, io);
  const fresh = await rowHashes(encoder.dir, encoder, pair, io);
  const texts = [...new Set([...old.keys(), ...fresh.keys()])];
  if (texts.length > 0) {
    return { compared: texts.length, differing: texts.filter((text) => old.get(text) !== fresh.get(text)).length };
  }
  throw new CliError(
    'CLI_NO_EXAMPLES',
    `No text of split "${pair.split.name}" was encoded by either version. Check the members on it with clamor list --check, or take another --split.`,
  );
}

/** Hash of each row by hash of its text, from the members on the encoder as they are installed. */
async function rowHashes(
  dir: string,
  encoder: SuiteEncoder,
  { suite: installed, discovery, source, split, against, workers }: VersionPair,
  io: Io,
): Promise<Map<string, string>> {
  const readers = installed.members.filter(({ name }) => encoder.members.some(({ member }) => member === name));
  const suitePackage = discovery.packages.find(
    ({ marker }) => marker.kind === 'suite' && marker.suite === installed.name,
  );
  await using host = await encoderHost({ package: encoder.package, dir, readers, suite: suitePackage! });
  const rows = new Map<string, string>();
  await using suite = await loadSuite({
    from: host.dir,
    suite: installed.name,
    ...DEADLINES,
    encodings: { known: () => null, add: (_, column) => addHashes(column, rows) },
    ...(workers === undefined ? {} : { workers }),
  }).catch((cause: unknown) => {
    throw new CliError(
      'CLI_VERSION_UNUSABLE',
      `The version at "${against}" cannot be compared: the members on ${encoder.package} do not load with the one in ${dir}.\n${errorMessage(cause)}`,
      { cause },
    );
  });
  async function* inputs(): AsyncGenerator<{ key: string; input: unknown }> {
    for await (const { id, input } of source.examples(split.name)) yield { key: id, input };
  }
  const progress = startProgress(io, { label: split.name, total: split.ids.length });
  try {
    await suite.score(inputs(), { signal: io.signal, onProgress: (done) => progress.update(done) });
  } finally {
    progress.stop();
  }
  return rows;
}

const KEY_BYTES = 32;

function addHashes({ keys, rows }: EncodingColumn, hashes: Map<string, string>): void {
  const count = keys.length / KEY_BYTES;
  const width = rows.length / count;
  for (let i = 0; i < count; i++) {
    const row = rows.subarray(i * width, (i + 1) * width);
    const bytes = new Uint8Array(row.buffer, row.byteOffset, row.byteLength);
    const key = Buffer.from(keys.subarray(i * KEY_BYTES, (i + 1) * KEY_BYTES)).toString('hex');
    hashes.set(key, createHash('sha256').update(bytes).digest('hex'));
  }
}
