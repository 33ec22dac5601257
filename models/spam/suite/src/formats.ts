import type { ExampleFormat } from '@clamor/contract';

import { LIMITS } from './limits.ts';
import type { MailInput } from './mail.ts';
import { splitMbox } from './mbox.ts';

/** One file, one mail. */
export const eml: ExampleFormat<MailInput> = {
  name: 'eml',
  extensions: ['.eml'],
  async *read(chunks) {
    const kept: Uint8Array[] = [];
    let sizeBytes = 0;
    for await (const chunk of chunks) {
      // One byte beyond the limit is enough for the schema to refuse the mail; the rest is not kept.
      const room = LIMITS.inputBytes + 1 - sizeBytes;
      if (room <= 0) break;
      kept.push(chunk.subarray(0, room));
      sizeBytes += Math.min(chunk.length, room);
    }
    yield new Uint8Array(Buffer.concat(kept));
  },
};

/** Many mails in one file, as mail programs keep folders. */
export const mbox: ExampleFormat<MailInput> = {
  name: 'mbox',
  extensions: ['.mbox', '.mbx'],
  read: (chunks) => splitMbox(chunks, { maxBytes: LIMITS.inputBytes + 1 }),
};
