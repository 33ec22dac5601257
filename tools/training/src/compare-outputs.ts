import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { judgementAt, type MemberRecord } from '@clamor/contract';
import type { EncodeTexts } from '@clamor/onnx';
import { readColumns, type StoredColumn } from '@clamor/store';

import { LATER, RELEASE } from './fit-plan.ts';
import { scoreExamples } from './score-examples.ts';
import { LEAF, ROOT, type WorkspaceMember } from './workspace.ts';

/** What {@link compareOutputs} takes. */
export interface CompareOptions {
  /** Roots of two trees with the same layout. */
  readonly committed: string;
  readonly rebuilt: string;
  readonly members: readonly WorkspaceMember[];
  /** Mails that both artifacts of a member judge. */
  readonly examples: readonly unknown[];
  /** Rows for the texts of members on encoders. */
  readonly encode: EncodeTexts;
}

/** A processor that sums in another order moves scores and thresholds in the fourth digit; judgements are compared one by one. */
const TOLERANCE = 1e-3;
/** Bytes may differ from machine to machine by the last bits of a sum; figures and judgements may not. */
const BYTES = new Set(['sha256', 'sizeBytes']);

/** One line per difference between what is committed and what was rebuilt; empty when figures and judgements agree. */
export async function compareOutputs(options: CompareOptions): Promise<string[]> {
  const differences: string[] = [];
  const leaf = join(relative(ROOT, LEAF), 'data');
  for (const file of ['growth.json', 'baselines.json']) await compareJson(join(leaf, file), options, differences);
  for (const folder of [RELEASE.columns, LATER.columns, 'later'])
    await compareColumns(join(leaf, 'columns', folder), options, differences);
  for (const member of options.members) await compareMember(member, options, differences);
  return differences;
}

async function compareMember(member: WorkspaceMember, options: CompareOptions, differences: string[]): Promise<void> {
  const dir = relative(ROOT, member.found.dir);
  await compareJson(join(dir, 'assets/record.json'), options, differences);
  await compareJson(join(dir, 'assets/samples.jsonl'), options, differences);
  const [was, is] = await readBoth(join(dir, 'README.md'), options);
  if (withoutThreshold(was) !== withoutThreshold(is)) differences.push(`${dir}/README.md: the card differs.`);
  const judged: string[][] = [];
  for (const root of [options.committed, options.rebuilt]) {
    const artifact = await readFile(join(root, dir, 'assets/model.onnx'));
    const record = JSON.parse(await readFile(join(root, dir, 'assets/record.json'), 'utf8')) as MemberRecord;
    const { column } = await scoreExamples(member.classifier, artifact, options.examples, options);
    judged.push(options.examples.map((_, i) => judgementAt(column, i, record.threshold)));
  }
  const changed = judged[0]!.filter((judgement, i) => judgement !== judged[1]![i]).length;
  if (changed > 0) differences.push(`${dir}: ${changed} of ${options.examples.length} judgements differ.`);
}

/** The threshold is compared in the record. */
function withoutThreshold(card: string): string {
  return card.replace(/^- Threshold: \S+;/m, '- Threshold:');
}

async function compareColumns(folder: string, options: CompareOptions, differences: string[]): Promise<void> {
  const was = await readColumns(join(options.committed, folder));
  const is = await readColumns(join(options.rebuilt, folder));
  for (const column of is) {
    const other = was.find(({ manifest }) => manifest.name === column.manifest.name);
    const same = other !== undefined && judgements(other) === judgements(column);
    if (!same) differences.push(`${folder}: the judgements of "${column.manifest.name}" differ.`);
    if (other !== undefined) {
      compareValues(other.manifest, column.manifest, `${folder} ${column.manifest.name} manifest`, differences);
    }
  }
  if (was.length !== is.length)
    differences.push(`${folder}: ${was.length} columns are committed, ${is.length} rebuilt.`);
}

function judgements({ ids, column, manifest }: StoredColumn): string {
  return ids.map((id, i) => `${id} ${judgementAt(column, i, manifest.threshold)}`).join('\n');
}

async function compareJson(file: string, options: CompareOptions, differences: string[]): Promise<void> {
  const [was, is] = await readBoth(file, options);
  const values = [was, is].map((text) =>
    text
      .trim()
      .split(/\n(?=\{)/)
      .map((line) => JSON.parse(line) as unknown),
  );
  compareValues(values[0], values[1], file, differences);
}

function compareValues(was: unknown, is: unknown, place: string, differences: string[]): void {
  if (typeof was === 'number' && typeof is === 'number') {
    if (Math.abs(was - is) > TOLERANCE * Math.max(1, Math.abs(was))) differences.push(`${place}: ${was} became ${is}.`);
  } else if (typeof was === 'object' && typeof is === 'object' && was !== null && is !== null) {
    for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
      if (BYTES.has(key) && /artifact$|manifest$/.test(place)) continue;
      const [a, b] = [was, is].map((value) => (value as { readonly [key: string]: unknown })[key]);
      compareValues(a, b, `${place}.${key}`, differences);
    }
  } else if (was !== is) differences.push(`${place}: ${String(was)} became ${String(is)}.`);
}

async function readBoth(file: string, { committed, rebuilt }: CompareOptions): Promise<[string, string]> {
  return [await readFile(join(committed, file), 'utf8'), await readFile(join(rebuilt, file), 'utf8')];
}
