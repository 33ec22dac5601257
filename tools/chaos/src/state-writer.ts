// Changes the state in a directory as fast as it can until it is killed; prints a line when a change is acknowledged.
// Arguments: the directory, the writer's name.
import { StateStore } from '@clamor/runtime';
import { writeSync } from 'node:fs';

const [, , dir = '', writer = ''] = process.argv;
const slots = [{ member: writer, versions: ['1.0.0', '1.1.0'] }];
const store = await StateStore.open({ dir, slots });
for (let n = 1; ; n++) {
  const why = `${writer} ${process.pid} ${n}`;
  const { revision } = await store.change({ member: writer, rollout: n % 100, by: writer, why });
  // Not through a stream: what was acknowledged has left the process when this returns.
  writeSync(1, `${revision} ${why}\n`);
}
