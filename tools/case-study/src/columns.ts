import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

import { ABSTAINED, SCORED, type ScoreColumn, scoreColumn } from '@clamor/contract';

/** Score columns over one frame by name, all rows in one order. */
export type ColumnSet = ReadonlyMap<string, Float32Array>;

/** `data/manifest.json`: what the files hold and what they were made from. */
export interface ColumnsManifest {
  readonly generatedBy: string;
  /** Hash of the dataset and of the ids in their order. */
  readonly datasetHash: string;
  readonly ids: string;
  readonly rows: number;
  readonly sets: readonly SetManifest[];
}

/** One file: columns one after another, float32 in four planes of bytes, gzip. */
export interface SetManifest {
  readonly name: string;
  readonly file: string;
  readonly columns: readonly string[];
  readonly sha256: string;
}

/** Hams whose scores are kept in a column, from the top. A threshold is never below the 27th; see README.md. */
const KEPT_HAMS = 100;

/**
 * A column in which everything below its 100 highest hams is raised to one score. No threshold lies so low: at most 13
 * false positives are allowed and as many taken before. What can matter stays as it is, and the rest takes no room.
 *
 * @param isHam - Shape [n]; 1 for the ham that thresholds are chosen on.
 */
export function keepTop(scores: Float32Array, isHam: Uint8Array): Float32Array {
  const hams = scores.filter((score, i) => isHam[i] === 1 && !Number.isNaN(score)).toSorted();
  const floor = hams.at(-KEPT_HAMS) ?? hams[0] ?? Number.NaN;
  return scores.map((score) => (score < floor ? floor : score));
}

/** Writes a set; the same columns give the same bytes. */
export async function writeSet(folder: string, name: string, columns: ColumnSet): Promise<SetManifest> {
  await mkdir(folder, { recursive: true });
  const values = new Float32Array([...columns.values()].flatMap((column) => [...column]));
  const bytes = await promisify(gzip)(intoPlanes(new Uint8Array(values.buffer)), { level: 9 });
  const file = `${name}.f32.gz`;
  await writeFile(join(folder, file), bytes);
  return { name, file, columns: [...columns.keys()], sha256: sha256(bytes) };
}

/**
 * Reads a set.
 *
 * @throws {Error} when the file is not the one that the manifest describes.
 */
export async function readSet(
  folder: string,
  { file, columns, ...set }: SetManifest,
  rows: number,
): Promise<ColumnSet> {
  const bytes = await readFile(join(folder, file));
  if (sha256(bytes) !== set.sha256) {
    throw new Error(
      `${join(folder, file)} is not the file that manifest.json describes. Restore it, or run npm run case-study -- --refit.`,
    );
  }
  const flat = outOfPlanes(await promisify(gunzip)(bytes));
  if (flat.length !== columns.length * rows) {
    throw new Error(
      `${join(folder, file)} holds ${flat.length} scores; ${columns.length} columns of ${rows} were wanted.`,
    );
  }
  return new Map(columns.map((name, i) => [name, flat.subarray(i * rows, (i + 1) * rows)]));
}

/** Some rows of a column; NaN is where its member abstained. */
export function pickRows(scores: Float32Array, rows: readonly number[]): ScoreColumn {
  const picked = new Float32Array(rows.length);
  const status = new Uint8Array(rows.length);
  for (let place = 0; place < rows.length; place++) {
    picked[place] = scores[rows[place]!]!;
    status[place] = Number.isNaN(picked[place]) ? ABSTAINED : SCORED;
  }
  return scoreColumn(picked, status);
}

/** All first bytes, then all second bytes …: signs and exponents repeat, which gzip finds. */
function intoPlanes(bytes: Uint8Array): Uint8Array {
  const count = bytes.length / 4;
  return bytes.map((_, i) => bytes[4 * (i % count) + Math.floor(i / count)]!);
}

function outOfPlanes(planes: Uint8Array): Float32Array {
  const count = planes.length / 4;
  const bytes = new Uint8Array(planes.length);
  for (let i = 0; i < count; i++) for (let b = 0; b < 4; b++) bytes[4 * i + b] = planes[b * count + i]!;
  return new Float32Array(bytes.buffer);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
