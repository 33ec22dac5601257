import type { LabelledExample } from '@clamor/store';

import type { CorpusMail } from './dataset.ts';
import { spamEntries, spamSplits, type SpamEntry } from './splits.ts';

/** Headers by which the corpus gives a label away, by the reason. */
const LEAKS: { readonly [reason: string]: RegExp } = {
  'In-Reply-To or References': /^(?:in-reply-to|references):/im,
  'headers of mailing lists':
    /^(?:list-[a-z]+|x-beenthere|mailing-list|precedence|errors-to|sender|x-mailman[a-z-]*):/im,
  'a tag in the subject': /^subject: (?:re: )?\[/im,
  "the collector's hosts in Received":
    /^received:.*(?:fetchmail|jmason|netnoteinc|taint\.org|slashnull|webnote|phobos)/im,
};

/** The splits with their mails, labels and clusters, and how far the splits by date overlap those by cluster. */
export function splitTable(): string {
  const rows = spamSplits.map(({ name, ids, roles }) => {
    const entries = ids.map((id) => spamEntries.get(id) as SpamEntry);
    const spam = entries.filter((entry) => entry.label === 1).length;
    const clusters = new Set(entries.map((entry) => entry.cluster)).size;
    return [name, ids.length, ids.length - spam, spam, clusters, roles.join(', ')];
  });
  const shared = ['train', 'valid', 'test'].map((name) => {
    const ids = new Set(spamSplits.find((split) => split.name === name)?.ids);
    const both = spamSplits.find((split) => split.name === 'later')?.ids.filter((id) => ids.has(id)).length;
    return `${both} in ${name}`;
  });
  return [
    formatTable([['split', 'mails', 'ham', 'spam', 'clusters', 'roles'], ...rows]),
    '',
    `Of the mails of later, ${shared.join(', ')}. ${droppedCount()} mails are in no split by date.`,
  ].join('\n');
}

function droppedCount(): number {
  return [...spamEntries.values()].filter((entry) => entry.timeSplit === 'drop').length;
}

/**
 * How many mails the corpus has, and how many of them the dataset leaves out.
 *
 * @param mails - All mails of the corpus.
 */
export async function corpusTable(mails: AsyncIterable<CorpusMail>): Promise<string> {
  let all = 0;
  let leftOut = 0;
  let robot = 0;
  for await (const { id, input } of mails) {
    all++;
    if (spamEntries.has(id)) continue;
    leftOut++;
    if (/^from:.*rssfeeds/im.test(readHeaderBlock(input)) && id.includes('ham')) robot++;
  }
  return `The corpus has ${all} mails, ${leftOut} are left out, ${robot} of those are ham from rssfeeds, and ${all - leftOut} remain.`;
}

/**
 * On how many mails each giveaway stands, by label.
 *
 * @param examples - Raw mails; their header blocks are searched.
 */
export async function leakTable(examples: AsyncIterable<LabelledExample<Uint8Array>>): Promise<string> {
  const counts = new Map(Object.keys(LEAKS).map((reason) => [reason, [0, 0] as [number, number]]));
  const mails: [number, number] = [0, 0];
  for await (const { label, input } of examples) {
    const header = readHeaderBlock(input);
    const side = label === 1 ? 1 : 0;
    mails[side]++;
    for (const [reason, count] of counts) if (LEAKS[reason]?.test(header)) count[side]++;
  }
  return formatTable([
    ['on the raw mails', 'ham', 'spam'],
    ['all', ...mails],
    ...[...counts].map(([reason, count]) => [reason, ...count]),
  ]);
}

/**
 * How many mails each value of each slice has, by label.
 *
 * @param examples - With slices.
 */
export async function sliceTable(examples: AsyncIterable<LabelledExample<Uint8Array>>): Promise<string> {
  const counts = new Map<string, [ham: number, spam: number]>();
  for await (const { label, slices = {} } of examples) {
    for (const [name, value] of Object.entries(slices)) {
      const key = `${name}: ${value}`;
      const count = counts.get(key) ?? [0, 0];
      count[label === 1 ? 1 : 0]++;
      counts.set(key, count);
    }
  }
  const rows = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, count]) => [key, ...count]);
  return formatTable([['slice', 'ham', 'spam'], ...rows]);
}

/** Unfolded, a line each. */
function readHeaderBlock(input: Uint8Array): string {
  const [header = ''] = Buffer.from(input).toString('latin1').replaceAll('\r\n', '\n').split('\n\n', 1);
  return header.replace(/\n[ \t]+/g, ' ');
}

function formatTable(rows: readonly (readonly (string | number)[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => String(row[column]).length))) ?? [];
  const format = (cell: string | number, column: number): string =>
    typeof cell === 'number' ? String(cell).padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0);
  return rows.map((row) => row.map(format).join('  ').trimEnd()).join('\n');
}
