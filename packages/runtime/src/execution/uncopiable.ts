import { type FailureReason, errorMessage } from '@clamor/contract';

/**
 * Why an input cannot be copied to a worker; `null` when it can.
 *
 * @example uncopiable({ text: 'hi' }) // null
 * @example uncopiable({ text: () => 'hi' })?.code // 'EXAMPLE_INVALID'
 */
export function uncopiable(input: unknown): FailureReason | null {
  try {
    structuredClone(input);
    return null;
  } catch (error) {
    const message = `The input cannot be copied to a worker: ${errorMessage(error)}`;
    return { code: 'EXAMPLE_INVALID', message: message.slice(0, 500) };
  }
}
