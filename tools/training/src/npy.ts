import { readFile, writeFile } from 'node:fs/promises';

/** The arrays that go to the fit and come back from it. */
export type NpyArray = Float32Array | Int8Array | Uint8Array | Int32Array | BigInt64Array;

const TYPES = [
  ['<f4', Float32Array],
  ['|i1', Int8Array],
  ['|u1', Uint8Array],
  ['<i4', Int32Array],
  ['<i8', BigInt64Array],
] as const;

/**
 * Writes a flat array as NumPy's .npy, version 1.0.
 *
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export async function writeNpy(file: string, values: NpyArray): Promise<void> {
  const type = TYPES.find(([, constructor]) => values instanceof constructor)?.[0];
  const dictionary = `{'descr': '${type}', 'fortran_order': False, 'shape': (${values.length},), }`;
  const padding = 64 - ((10 + dictionary.length + 1) % 64);
  const header = Buffer.from(`\x93NUMPY\x01\x00\0\0${dictionary}${' '.repeat(padding % 64)}\n`, 'latin1');
  header.writeUInt16LE(header.length - 10, 8);
  await writeFile(file, Buffer.concat([header, Buffer.from(values.buffer, values.byteOffset, values.byteLength)]));
}

/**
 * Reads a flat float32 array from NumPy's .npy.
 *
 * @throws {TypeError} when the file holds anything else.
 */
export async function readFloat32Npy(file: string): Promise<Float32Array<ArrayBuffer>> {
  const bytes = await readFile(file);
  const start = 10 + bytes.readUInt16LE(8);
  const header = bytes.subarray(10, start).toString('latin1');
  if (!header.includes("'descr': '<f4'")) {
    throw new TypeError(`${file} holds ${header.trim()}; a flat float32 array was wanted. Run the fit again.`);
  }
  return new Float32Array(new Uint8Array(bytes.subarray(start)).buffer);
}
