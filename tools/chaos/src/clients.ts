import { setTimeout as wait } from 'node:timers/promises';
import type { Random } from '@clamor/evaluation';
import type { ExampleInput, RunningSuite } from '@clamor/runtime';
import type { Inspector } from './inspector.ts';

/** What clients share. */
export interface Workplace {
  readonly suite: RunningSuite;
  readonly inspector: Inspector;
  readonly texts: readonly string[];
  /** The newest acknowledged revision of the state. */
  readonly revision: () => number;
  /** Aborted when it is time to go home: online requests under way are answered, streams aborted, nothing new is asked. */
  readonly closing: AbortSignal;
  readonly traffic: Traffic;
}

/** What became of requests. */
export interface Traffic {
  readonly online: RequestCounts;
  readonly batch: RequestCounts;
  /** Milliseconds of every online request that was answered. */
  readonly latenciesMs: number[];
}

/** Every request is counted once, as asked and as one of the other three; what is missing is lost. */
export interface RequestCounts {
  asked: number;
  answered: number;
  /** By the client's own signal. */
  aborted: number;
  /** `SUITE_OVERLOADED`. */
  refused: number;
}

/** Counts of no requests. */
export function noTraffic(): Traffic {
  const none: RequestCounts = { asked: 0, answered: 0, aborted: 0, refused: 0 };
  return { online: { ...none }, batch: { ...none }, latenciesMs: [] };
}

const ABORTED_SHARE = 0.03;
const PAUSE_MS = 20;
const LONGEST_REQUEST = 8;
const STREAM_LENGTH = 150;

/** A client that asks for a few verdicts, waits for them, and asks again; a few times it loses its patience. */
export async function runOnlineClient(name: string, random: Random, workplace: Workplace): Promise<void> {
  const { suite, traffic, closing } = workplace;
  for (let request = 0; !closing.aborted; request++) {
    const examples = drawExamples(`${name}.${request}`, 1 + Math.floor(random() * LONGEST_REQUEST), random, workplace);
    const patience = impatience(random);
    const start = performance.now();
    const answered = await ask(workplace, traffic.online, examples, patience, (options) =>
      suite.judge(examples, options),
    );
    if (answered) traffic.latenciesMs.push(performance.now() - start);
    await wait(random() * PAUSE_MS);
  }
}

/** A client that has streams judged, one after the other. */
export async function runBatchClient(name: string, random: Random, workplace: Workplace): Promise<void> {
  const { suite, traffic, closing } = workplace;
  for (let request = 0; !closing.aborted; request++) {
    const examples = drawExamples(`${name}.${request}`, STREAM_LENGTH, random, workplace);
    // A stream may take minutes beside members that hang; nobody stays for its end.
    const patience = AbortSignal.any([impatience(random), closing]);
    await ask(workplace, traffic.batch, examples, patience, (options) =>
      Array.fromAsync(suite.judgeStream(examples, options)),
    );
  }
}

type Judge = (options: { signal: AbortSignal }) => ReturnType<RunningSuite['judge']>;

/** Asks once and holds the answer to what was asked: as many verdicts, in the same order, every one inspected. */
async function ask(
  { inspector, revision }: Workplace,
  counts: RequestCounts,
  examples: readonly (ExampleInput & { readonly input: string })[],
  signal: AbortSignal,
  judge: Judge,
): Promise<boolean> {
  const asked = revision();
  counts.asked++;
  try {
    const verdicts = await judge({ signal });
    if (verdicts.length !== examples.length || verdicts.some(({ key }, i) => key !== examples[i]?.key))
      inspector.report('answers other examples than were asked', examples[0]?.key ?? '');
    for (const [i, verdict] of verdicts.entries())
      inspector.receive({ verdict, text: examples[i]?.input ?? '', revision: asked });
    counts.answered++;
    return true;
  } catch (error) {
    if (signal.aborted && error === signal.reason) counts.aborted++;
    else if ((error as { code?: unknown }).code === 'SUITE_OVERLOADED') counts.refused++;
    else inspector.report(String(error), examples[0]?.key ?? '');
    return false;
  }
}

function drawExamples(
  name: string,
  count: number,
  random: Random,
  { texts }: Workplace,
): (ExampleInput & { readonly input: string })[] {
  return Array.from({ length: count }, (_, i) => ({
    key: `${name}.${i}`,
    input: texts[Math.floor(random() * texts.length)] ?? '',
  }));
}

/** A signal that most often never comes. */
function impatience(random: Random): AbortSignal {
  return random() < ABORTED_SHARE
    ? AbortSignal.timeout(Math.ceil(random() * 2 * PAUSE_MS))
    : new AbortController().signal;
}
