// Question: how soon does the guard contain a member of the spam suite that says yes to everything, and does it stay silent when
// none does?
// Source: out-of-fold judgements on the splits train (rates) and valid (streams); the streams are drawn from valid.
import { readFile } from 'node:fs/promises';

import { judgementAt, type Marker, type MemberRecord } from '@clamor/contract';
import { type Random, wilsonInterval } from '@clamor/evaluation';
import { Guard, type GuardMember } from '@clamor/runtime';
import { evaluation as spam } from '@clamor/spam-evaluation';
import { type Quantiles, judgement, quantiles } from './guard-delays.ts';

import type { SimulationOptions } from './simulation.ts';

const STREAMS = 300;

/** How it went with one member. */
export interface SpamGuard {
  readonly member: string;
  /** Upper end of its record's band. */
  readonly bandEnd: number;
  /** Unique positives on train, and the upper end of Wilson's 95 % interval of their rate. */
  readonly unique: number;
  readonly uniqueEnd: number;
  /** Mails until it is contained, held against the one and the other; `Infinity`: not within the split. */
  readonly byBand: Quantiles;
  readonly byUnique: Quantiles;
}

/** Streams of valid in which no member has gone wild, and those with an alarm. */
export interface SpamSilence {
  readonly rates: string;
  readonly streams: number;
  readonly shuffled: number;
  /** Mails of one cluster follow one another: a campaign. */
  readonly inClusters: number;
}

/** Everything about the spam suite. */
export async function simulateSpam(
  { scale }: SimulationOptions,
  random: Random,
): Promise<{ readonly members: readonly SpamGuard[]; readonly silence: readonly SpamSilence[] }> {
  const [train, valid] = await Promise.all([readSplit('train'), readSplit('valid')]);
  const streams = Math.ceil(STREAMS * scale);
  const rates = await Promise.all(
    train.names.map(async (name, m) => {
      const unique = train.positives.filter((row) => row[m] && row.filter(Boolean).length === 1).length;
      return {
        name,
        unique,
        uniqueEnd: wilsonInterval(unique, train.positives.length)![1],
        bandEnd: await bandEnd(name),
      };
    }),
  );
  const byBand = rates.map(({ name, bandEnd: rate }) => ({ name, version: '1.0.0', rate }));
  const byUnique = rates.map(({ name, bandEnd: ownRate, uniqueEnd: rate }) => ({
    name,
    version: '1.0.0',
    rate,
    ownRate,
  }));
  const members = rates.map(({ name, ...rate }, wild) => ({
    member: name,
    ...rate,
    byBand: quantiles(Array.from({ length: streams }, () => contain(byBand, wild, shuffle(valid.positives, random)))),
    byUnique: quantiles(
      Array.from({ length: streams }, () => contain(byUnique, wild, shuffle(valid.positives, random))),
    ),
  }));
  const times = (factor: number): GuardMember[] =>
    byUnique.map((member) => ({ ...member, rate: factor * member.rate }));
  const silence = [
    { rates: 'upper end of the band', guarded: byBand },
    { rates: 'upper end of the unique positives', guarded: byUnique },
    { rates: 'twice that', guarded: times(2) },
    { rates: 'five times that', guarded: times(5) },
  ].map(({ rates: name, guarded }) => ({
    rates: name,
    streams,
    shuffled: countAlarms(guarded, streams, () => shuffle(valid.positives, random)),
    inClusters: countAlarms(guarded, streams, () => shuffle(valid.clusters, random).flat()),
  }));
  return { members, silence };
}

type Row = readonly boolean[];

interface Split {
  readonly names: readonly string[];
  /** Shape [n, m]. */
  readonly positives: readonly Row[];
  /** The same rows by cluster. */
  readonly clusters: readonly (readonly Row[])[];
}

async function readSplit(split: string): Promise<Split> {
  const stored = (await spam.columns!(split))!.columns;
  const counts = await Promise.all(stored.map(({ manifest }) => isActive(manifest.name)));
  const columns = stored.filter((_, m) => counts[m]);
  const places = columns.map(({ ids }) => new Map(ids.map((id, i) => [id, i])));
  const positives: Row[] = [];
  const clusters = new Map<string, Row[]>();
  for await (const { id, cluster } of spam.examples(split)) {
    const row = columns.map(
      ({ column, manifest }, m) => judgementAt(column, places[m]!.get(id)!, manifest.threshold) === 'positive',
    );
    positives.push(row);
    const name = cluster ?? id;
    clusters.set(name, [...(clusters.get(name) ?? []), row]);
  }
  return { names: columns.map(({ manifest }) => manifest.name), positives, clusters: [...clusters.values()] };
}

async function bandEnd(member: string): Promise<number> {
  return ((await readMemberFile(member, 'assets/record.json')) as MemberRecord).positiveRateBand[1];
}

async function isActive(member: string): Promise<boolean> {
  const { clamor } = (await readMemberFile(member, 'package.json')) as { readonly clamor: Marker };
  return clamor.mode !== 'shadow';
}

async function readMemberFile(member: string, file: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(`../../../models/spam/${member}/${file}`, import.meta.url), 'utf8'));
}

/** Examples until the guard alarms for the member that says yes to everything. */
function contain(members: readonly GuardMember[], wild: number, rows: readonly Row[]): number {
  const guard = new Guard({ members });
  for (const [n, row] of rows.entries()) {
    guard.observe(
      `${n}`,
      members.map(({ name }, m) => judgement(name, m === wild || row[m]!)),
    );
    if (guard.isAlarmed(members[wild]!.name)) return n + 1;
  }
  return Infinity;
}

function countAlarms(members: readonly GuardMember[], streams: number, draw: () => readonly Row[]): number {
  let alarms = 0;
  for (let stream = 0; stream < streams; stream++) {
    const guard = new Guard({ members });
    for (const [n, row] of draw().entries())
      guard.observe(
        `${n}`,
        members.map(({ name }, m) => judgement(name, row[m]!)),
      );
    if (members.some(({ name }) => guard.isAlarmed(name))) alarms += 1;
  }
  return alarms;
}

/** Fisher & Yates, as Durstenfeld has it (CACM 7 (1964), 420). */
function shuffle<Item>(items: readonly Item[], random: Random): Item[] {
  const shuffled = [...items];
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
  }
  return shuffled;
}
