import { readFile, writeFile } from 'node:fs/promises';

import { errorMessage } from '@clamor/contract';

import { StoreError } from './errors.ts';

/** The arrays that a .npy file holds here. */
export type NpyArray = Float32Array | Int8Array | Uint8Array | Int32Array | BigInt64Array;

/** An array with its shape; the last axis is that of neighbours in memory. */
export interface ShapedArray<Values extends NpyArray = NpyArray> {
  readonly shape: readonly number[];
  readonly values: Values;
}

const TYPES = [
  ['<f4', Float32Array],
  ['|i1', Int8Array],
  ['|u1', Uint8Array],
  ['<i4', Int32Array],
  ['<i8', BigInt64Array],
] as const;

/**
 * The bytes of an array as NumPy's .npy, version 1.0.
 *
 * @param shape - Default flat.
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 * @example encodeNpy(Float32Array.of(1, 2), [1, 2]).length // 136
 */
export function encodeNpy(values: NpyArray, shape: readonly number[] = [values.length]): Buffer {
  const type = TYPES.find(([, constructor]) => values instanceof constructor)?.[0];
  const dictionary = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.map((n) => `${n},`).join(' ')}), }`;
  const padding = (64 - ((10 + dictionary.length + 1) % 64)) % 64;
  const header = Buffer.from(`\x93NUMPY\x01\x00\0\0${dictionary}${' '.repeat(padding)}\n`, 'latin1');
  header.writeUInt16LE(header.length - 10, 8);
  return Buffer.concat([header, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)]);
}

/**
 * The array that the bytes of a .npy file hold, in memory of its own.
 *
 * @param file - For the message.
 * @throws {StoreError} `STORE_NPY_INVALID`
 */
export function decodeNpy(bytes: Uint8Array, file: string): ShapedArray {
  const refuse = (found: string): StoreError =>
    new StoreError(
      'STORE_NPY_INVALID',
      `"${file}" ${found}; an array in NumPy's format 1.0 was wanted. Write it again.`,
    );
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.toString('latin1', 0, 8) !== '\x93NUMPY\x01\x00') throw refuse('does not begin as one');
  const start = 10 + (view.length < 10 ? 0 : view.readUInt16LE(8));
  const header = view.toString('latin1', 10, start);
  const found = /^\{'descr': '([^']+)', 'fortran_order': False, 'shape': \(([\d, ]*)\), \} *\n$/.exec(header);
  const type = TYPES.find(([name]) => name === found?.[1]);
  if (found === null || type === undefined) throw refuse(`holds ${JSON.stringify(header.slice(0, 100).trim())}`);
  const shape = found[2]!.split(',').flatMap((axis) => (axis.trim() === '' ? [] : [Number(axis)]));
  const [, constructor] = type;
  const wanted = shape.reduce((size, axis) => size * axis, constructor.BYTES_PER_ELEMENT);
  if (view.length - start !== wanted) throw refuse(`has ${view.length - start} bytes for ${wanted} of its shape`);
  return { shape, values: new constructor(new Uint8Array(view.subarray(start)).buffer) };
}

/** Writes an array as a .npy file; see {@link encodeNpy}. */
export async function writeNpy(file: string, values: NpyArray, shape?: readonly number[]): Promise<void> {
  await writeFile(file, encodeNpy(values, shape));
}

/**
 * Reads a .npy file, ours or NumPy's own.
 *
 * @throws {StoreError} `STORE_FILE_MISSING`, `STORE_NPY_INVALID`
 */
export async function readNpy(file: string): Promise<ShapedArray> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new StoreError('STORE_FILE_MISSING', `"${file}" cannot be read: ${errorMessage(cause)}.`, { cause });
  });
  return decodeNpy(bytes, file);
}
