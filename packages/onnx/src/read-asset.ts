import { readFile } from 'node:fs/promises';
import { errorMessage } from '@clamor/contract';
import { OnnxError } from './errors.ts';

/**
 * Reads a file of a package.
 *
 * @throws {OnnxError} With the given code when it cannot be read.
 */
export async function readAsset(
  url: URL,
  missing: 'ONNX_ARTIFACT_MISSING' | 'ONNX_TOKENIZER_MISSING',
): Promise<Uint8Array> {
  try {
    return await readFile(url);
  } catch (cause) {
    throw new OnnxError(
      missing,
      `${url.href} cannot be read: ${errorMessage(cause)}\nInstall the package again, or check that its "files" include assets.`,
      { cause },
    );
  }
}
