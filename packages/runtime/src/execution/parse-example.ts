import { type FailureReason, type Suite, errorCode, errorMessage, freezeExample } from '@clamor/contract';

/** An input as the suite reads it, or why it does not. */
export type ParsedExample = { readonly example: unknown } | { readonly error: FailureReason };

const MESSAGE_LIMIT = 500;

/**
 * Validates and parses one input by the suite's schema and freezes the result. A schema that throws refuses the input.
 *
 * @example
 * // await parseExample(suite, new TextEncoder().encode('Subject: hi\n\nhello'))
 */
export async function parseExample(suite: Suite, input: unknown): Promise<ParsedExample> {
  try {
    const result = await suite.schema['~standard'].validate(input);
    if (result.issues === undefined) return { example: freezeExample(result.value) };
    const message = result.issues.map((issue) => issue.message).join('; ');
    return { error: { code: 'EXAMPLE_INVALID', message: message.slice(0, MESSAGE_LIMIT) } };
  } catch (error) {
    return {
      error: { code: errorCode(error) ?? 'EXAMPLE_INVALID', message: errorMessage(error).slice(0, MESSAGE_LIMIT) },
    };
  }
}
