import { availableParallelism, cpus, freemem, totalmem } from 'node:os';

import type { Finding } from './finding.ts';
import { formatBytes } from './format-cost.ts';

/** What the machine gives: Node, cores, memory. */
export function machineFindings(): Finding[] {
  return [node(), cores(), memory()];
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isNew = major > 22 || (major === 22 && minor >= 18);
  const text = `${process.versions.node} on ${process.platform} ${process.arch}; wanted 22.18 or later`;
  return { about: 'node', level: isNew ? 'ok' : 'fault', text };
}

function cores(): Finding {
  const usable = availableParallelism();
  const all = cpus().length;
  const rest = usable < all ? ` of ${all}` : '';
  return {
    about: 'cores',
    level: 'ok',
    text: `this process may use ${usable}${rest}; that many workers judge at once`,
  };
}

function memory(): Finding {
  // A container's limit is what counts; 0 or an absurd number means that there is none.
  const limit = process.constrainedMemory();
  const isLimited = limit > 0 && limit < totalmem();
  const total = isLimited ? limit : totalmem();
  const free = Math.min(freemem(), process.availableMemory());
  const where = isLimited ? ' (limit of the container)' : '';
  return { about: 'memory', level: 'ok', text: `${formatBytes(total)}${where}, of which ${formatBytes(free)} is free` };
}
