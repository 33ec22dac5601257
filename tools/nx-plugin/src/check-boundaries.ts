import { createProjectGraphAsync } from '@nx/devkit';
import { boundaryFaults } from './boundaries.ts';

const graph = await createProjectGraphAsync({ exitOnError: true });
const faults = boundaryFaults(graph);
for (const fault of faults) console.error(fault);
console.log(`boundaries: ${Object.keys(graph.nodes).length} projects, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
