import { readNpy } from '@clamor/store';

/**
 * Reads the float32 array that a fit wrote.
 *
 * @throws {TypeError} when the file holds another type; {StoreError} `STORE_FILE_MISSING`, `STORE_NPY_INVALID`
 */
export async function readFloat32Npy(file: string): Promise<Float32Array> {
  const { values } = await readNpy(file);
  if (values instanceof Float32Array) return values;
  throw new TypeError(`${file} holds ${values.constructor.name}; a float32 array was wanted. Run the fit again.`);
}
