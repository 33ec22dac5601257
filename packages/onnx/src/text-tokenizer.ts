import { errorMessage } from '@clamor/contract';
import { Tokenizer } from '@huggingface/tokenizers';
import { OnnxError } from './errors.ts';

/** Bounds of what is read of a text. */
export interface TokenizerBounds {
  /** UTF-16 units; what comes after is not looked at. */
  readonly maxCharacters: number;
  /** Special tokens counted. */
  readonly maxTokens: number;
  /** For messages: where the tokenizer came from. */
  readonly where: string;
}

/** The ids of a text's tokens, special ones included: from 1 to `maxTokens` of them. */
export type TextTokenizer = (text: string) => readonly number[];

/**
 * Opens a `tokenizer.json`.
 *
 * Text is hostile: its characters are bounded before anything is done with them, so that time and memory are. Beyond
 * `maxTokens`, tokens are dropped from the end of the text and the special tokens stay, as Hugging Face's tokenizers do;
 * whatever the file says of truncation and padding does not count.
 *
 * @param bytes - The file.
 * @throws {OnnxError} `ONNX_TOKENIZER_INVALID`
 */
export function openTokenizer(bytes: Uint8Array, { maxCharacters, maxTokens, where }: TokenizerBounds): TextTokenizer {
  try {
    const tokenizer = new Tokenizer(JSON.parse(new TextDecoder().decode(bytes)) as object, {});
    const after = countAfter(tokenizer);
    if (maxTokens <= tokenizer.encode('').ids.length) throw new RangeError(`maxTokens ${maxTokens} leaves no room`);
    return (text) => {
      const { ids } = tokenizer.encode(head(text, maxCharacters));
      if (ids.length === 0 || !ids.every(Number.isInteger)) {
        throw new RangeError(`The tokenizer gave ${ids.length === 0 ? 'no ids' : 'an id that is not a number'}.`);
      }
      return ids.length <= maxTokens ? ids : [...ids.slice(0, maxTokens - after), ...ids.slice(ids.length - after)];
    };
  } catch (cause) {
    throw new OnnxError(
      'ONNX_TOKENIZER_INVALID',
      `${where} (${bytes.byteLength} bytes) cannot be used as a tokenizer: ${errorMessage(cause)}\nWanted the tokenizer.json of Hugging Face's tokenizers. Rebuild it, or install the package again.`,
      { cause },
    );
  }
}

/** How many special tokens come after a text. */
function countAfter(tokenizer: Tokenizer): number {
  const [text] = tokenizer.encode('a', { add_special_tokens: false }).ids;
  const { ids } = tokenizer.encode('a');
  return text === undefined ? 0 : ids.length - 1 - ids.lastIndexOf(text);
}

/** The first characters of a text, without half a surrogate pair at the end. */
function head(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const last = text.charCodeAt(maxCharacters - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? maxCharacters - 1 : maxCharacters);
}
