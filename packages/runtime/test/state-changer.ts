// Changes the state in a directory, in a process of its own. Arguments: the directory, then member=mode, one change each.
import { StateStore } from '../src/state/state-store.ts';
import type { Mode } from '../src/state/suite-state.ts';

const [, , dir = '', ...changes] = process.argv;
const members = new Set(changes.map((change) => change.split('=')[0] ?? ''));
const slots = [...members].map((member) => ({ member, versions: ['0.1.0'] }));
await using store = await StateStore.open({ dir, slots, watch: false });
for (const change of changes) {
  const [member = '', mode] = change.split('=');
  await store.change({ member, mode: mode as Mode, by: 'another process', why: change });
}
