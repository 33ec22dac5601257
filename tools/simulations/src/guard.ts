// Question: does the guard keep what it promises, and what does it not promise?
// Source: ours; the test stands in unique-rate-test.ts of the runtime.
import { createRandom, type Random } from '@clamor/evaluation';

import { simulateAffected, simulateDrift, simulateRises, simulateYes } from './guard-delays.ts';
import { simulateBelow, simulateCampaigns, simulateDeclared, type FalseAlarms } from './guard-false-alarms.ts';
import { simulateSpam } from './guard-on-spam.ts';
import { simulateWaves } from './guard-waves.ts';
import type { Simulation, SimulationOptions } from './simulation.ts';

/** False alarms, delays and waves of the guard. */
export const guard: Simulation = {
  name: 'guard',
  title: 'The guard on unique positives',
  async run(options) {
    const random = createRandom(options.seed);
    return [
      INTRODUCTION,
      falseAlarms(options, random),
      campaigns(options, random),
      yesToEverything(options, random),
      rises(options, random),
      waves(options, random),
      affected(options, random),
      await onSpam(options, random),
      CONCLUSIONS,
    ].join('\n\n');
  },
};

const INTRODUCTION = `With OR, a member gone wild makes everything positive. The guard holds each member's rate of unique positives against a
declared one. Here with its default run length: a million examples.`;

function falseAlarms(options: SimulationOptions, random: Random): string {
  const declared = simulateDeclared(options, random);
  const below = simulateBelow(options, random);
  return `## False alarms

Independent examples, unique positives at exactly the declared rate; after an alarm the test starts anew. Per member. Wilson
95 %. The last column is the mean run length worked out from the statistic at the alarms, which varies less.

| declared | examples | alarms | per million examples | 95 % interval | run length, million examples |
| -------: | -------: | -----: | -------------------: | ------------- | ---------------------------: |
${declared.map(({ runLength, ...row }) => `${alarmCells(row)} ${runLength === null ? '–' : (runLength / 1e6).toFixed(2)} |`).join('\n')}

And at four fifths of the declared rate:

| declared | examples | alarms | per million examples | 95 % interval |
| -------: | -------: | -----: | -------------------: | ------------- |
${below.map(alarmCells).join('\n')}`;
}

function campaigns(options: SimulationOptions, random: Random): string {
  return `## Campaigns that one member sees alone

What the run length does not promise. Unique positives at a half or a tenth of the declared rate, but one after the other: a
campaign of mails that no other member sees, of a geometric length. Alarms per million examples, by the run length asked for.

| declared | rate | campaign, mean length | run length 10⁶ | 10¹² | 10¹⁸ |
| -------: | ---: | --------------------: | -------------: | ---: | ---: |
${simulateCampaigns(options, random)
  .map(
    ({ declared, below, length, perMillion: alarms }) =>
      `| ${declared} | ${declared / below} | ${length} | ${alarms.map((one) => count(Math.round(one))).join(' | ')} |`,
  )
  .join('\n')}`;
}

function alarmCells({ rate, examples, alarms, interval }: Omit<FalseAlarms, 'runLength'>): string {
  return `| ${rate} | ${count(examples)} | ${alarms} | ${perMillion(alarms / examples)} | ${interval.map(perMillion).join('–')} |`;
}

function perMillion(share: number): string {
  return (share * 1e6).toFixed(2);
}

function yesToEverything(options: SimulationOptions, random: Random): string {
  const rows = simulateYes(options, random);
  return `## Yes to everything

Examples from the change to the alarm while others are positive on a share of the examples; "turned" are the verdicts that this
member alone made positive until then, beside the bound that \`containedWithin\` gives for them. ${count(rows[0]!.runs)} streams each. The test has
just started in each: that is its slowest. The declared rate is the own rate too.

| declared | others positive | examples p50 | p95 | max | turned p50 | p95 | max | bound |
| -------: | --------------: | -----------: | --: | --: | ---------: | --: | --: | ----: |
${rows
  .map(
    ({ declared, others, bound, examples, turned }) =>
      `| ${declared} | ${100 * others} % | ${cells(examples)} | ${cells(turned)} | ${bound} |`,
  )
  .join('\n')}`;
}

function rises(options: SimulationOptions, random: Random): string {
  const rows = [...simulateRises(options, random), ...simulateDrift(options, random)];
  return `## A rate that rises

Examples from the change to the alarm, beside ln A ÷ divergence, about what the best test that knew the new rate would need. A
drift just above the declared rate is found late.

| declared | times | streams | examples p50 | p95 | max | ln A ÷ divergence |
| -------: | ----: | ------: | -----------: | --: | --: | ----------------: |
${rows
  .map(
    ({ declared, factor, runs, examples, expected }) =>
      `| ${declared} | ${factor} | ${count(runs)} | ${cells(examples)} | ${count(Math.ceil(expected))} |`,
  )
  .join('\n')}`;
}

function waves(options: SimulationOptions, random: Random): string {
  const rows = simulateWaves(options, random);
  return `## Waves

Five members, each declared at .02 for unique and .08 for all positives, and positive on .01; 3,000 examples with a wave over
2,000 of them. Each member that sees the wave is positive on a share of its examples, apart from the others. "Alone" is how often
one of these is the only one, of all examples. Streams with an alarm for any member, of ${count(rows[0]!.runs)}; and what the same test would do on
all positives of a member, unique or not, held against .08.

| wave, of the examples | seen by | each sees | alone | guard alarms | a test on all positives alarms |
| --------------------: | ------: | --------: | ----: | -----------: | -----------------------------: |
${rows
  .map(
    ({ share, seenBy, sight, alone, runs, guard: alarms, ownRate }) =>
      `| ${percent(share)} | ${seenBy} | ${percent(sight)} | ${percent(alone)} | ${percent(alarms / runs)} | ${percent(ownRate / runs)} |`,
  )
  .join('\n')}`;
}

function affected(options: SimulationOptions, random: Random): string {
  return `## What is listed for re-judging

The rate rises after 2,000 examples at half the declared one. Share of the unique positives since then that the alarm lists, and
how many from before are listed with them.

| declared | rises to | streams | listed | from before, per alarm |
| -------: | -------: | ------: | -----: | ---------------------: |
${simulateAffected(options, random)
  .map(
    ({ declared, rate, runs, found, tooMany }) =>
      `| ${declared} | ${rate} | ${count(runs)} | ${percent(found)} | ${tooMany.toFixed(1)} |`,
  )
  .join('\n')}`;
}

async function onSpam(options: SimulationOptions, random: Random): Promise<string> {
  const { members, silence } = await simulateSpam(options, random);
  const { streams } = silence[0]!;
  return `## The spam suite

The active members, out-of-fold judgements. Declared are the upper end of the band, as it is without \`rates\` in the policy, or the
upper end of Wilson's 95 % interval for the unique positives on the split train. Each member in turn says yes to everything on the
mails of valid, shuffled ${count(streams)} times: mails until the alarm ("none": not within the split). Others are positive on about
a third of the mails.

| member | declared: band | p50 | p95 | max | declared: unique | p50 | p95 | max |
| ------ | -------------: | --: | --: | --: | ---------------: | --: | --: | --: |
${members
  .map(
    ({ member, bandEnd, byBand, uniqueEnd, byUnique }) =>
      `| ${member} | ${bandEnd} | ${cells(byBand)} | ${uniqueEnd.toFixed(4)} | ${cells(byUnique)} |`,
  )
  .join('\n')}

And when none has gone wild: streams with an alarm for any member, of ${count(streams)}, mails shuffled, and clusters shuffled so that
near-copies follow one another.

| declared | mails shuffled | clusters shuffled |
| -------- | -------------: | ----------------: |
${silence.map(({ rates, shuffled, inClusters }) => `| ${rates} | ${shuffled} | ${inClusters} |`).join('\n')}`;
}

const CONCLUSIONS = `## What follows

- The promise holds per member at independent examples: at most one false alarm in a million, and far fewer below the declared
  rate. A suite of seven has up to seven times as many.
- Yes to everything turns at most \`containedWithin\` verdicts, whatever the others say: 50 at an own rate of .77, 7 at .1. It is
  contained within 50 examples while the others are silent, and for own rates up to .2 while they are positive on half.
- A wave that others see does not trip the guard as long as the examples on which one member is alone stay within its declared
  rate. Where two see the wave and each misses a tenth, they do not: each is alone on more than was declared.
- A campaign that one member sees alone looks exactly like a member gone wild. Where campaigns are to be expected, take the action
  \`alert\` or \`review\`, declare a rate that leaves room, and ask for a longer run length: the delay grows with its logarithm
  only, and from 10⁶ to 10¹² it doubles.
- A drift of a quarter above the rate takes thousands of unique positives. The guard is for members gone wild; for slow change watch
  a betting bound ([watching](watching.md)).
- For the spam suite the upper ends of the bands do, and rates of unique positives are several times as fast. They need room
  above what was measured, because near-copies come together.`;

function cells({ p50, p95, max }: { readonly p50: number; readonly p95: number; readonly max: number }): string {
  return [p50, p95, max].map(count).join(' | ');
}

function count(value: number): string {
  return Number.isFinite(value) ? value.toLocaleString('en') : 'none';
}

function percent(share: number): string {
  const shown = 100 * share;
  return `${shown === 0 || shown >= 10 ? shown.toFixed(0) : shown.toFixed(1)} %`;
}
