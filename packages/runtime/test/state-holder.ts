// Takes the lock of a state directory and keeps it until it is killed.
import { withLock } from '../src/state/lock-file.ts';

const [, , dir = ''] = process.argv;
await withLock(
  dir,
  () => {
    process.send?.('held');
    return new Promise(() => setInterval(() => {}, 60_000));
  },
  { timeoutMs: 10_000 },
);
