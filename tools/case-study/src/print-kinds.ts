// Counts the kinds of spam per split: npm run kinds -w @clamor/case-study [-- SPLIT…]
import { suite, type Mail } from '@clamor/spam';
import { spamExamples } from '@clamor/spam-evaluation';
import { parseExample } from '@clamor/runtime';

import { KINDS, kindOf, OTHER } from './kinds.ts';

const splits = process.argv.length > 2 ? process.argv.slice(2) : ['train', 'valid', 'test'];
for (const split of splits) {
  const clusters = new Map([...KINDS.map(({ name }) => name), OTHER].map((kind) => [kind, [] as string[]]));
  const perCluster = new Map<string, Set<string>>();
  for await (const { id, label, cluster = id, input } of spamExamples(split)) {
    if (label !== 1) continue;
    const parsed = await parseExample(suite, input);
    if ('error' in parsed) throw new Error(`${id}: ${parsed.error.message}`);
    const kind = kindOf(parsed.example as Mail);
    clusters.get(kind)!.push(cluster);
    perCluster.set(cluster, (perCluster.get(cluster) ?? new Set()).add(kind));
  }
  const mixed = [...perCluster.values()].filter((kinds) => kinds.size > 1).length;
  console.log(`${split}: ${mixed} clusters hold more than one kind`);
  console.table([...clusters].map(([kind, of]) => ({ kind, mails: of.length, clusters: new Set(of).size })));
}
