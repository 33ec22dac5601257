import { cancel, confirm, isCancel, select, text } from '@clack/prompts';
import type { Asked } from './ask.ts';

/** Somebody who was asked has left: Ctrl-C. */
export class Cancelled extends Error {}

/** Asks in the terminal. */
export const terminal: Asked = {
  text: async ({ message, initial, fault }) =>
    answered(
      await text({
        message,
        ...(initial === undefined ? {} : { placeholder: initial, defaultValue: initial }),
        validate: (answer) => fault(answer === undefined || answer === '' ? (initial ?? '') : answer),
      }),
    ),
  choose: async ({ message, options }) =>
    answered(await select<string>({ message, options: options.map((each) => ({ ...each })) })) as never,
  confirm: async (message) => answered(await confirm({ message })),
};

function answered<Value>(answer: Value): Exclude<Value, symbol> {
  if (!isCancel(answer)) return answer as Exclude<Value, symbol>;
  cancel('Nothing was made.');
  throw new Cancelled();
}
