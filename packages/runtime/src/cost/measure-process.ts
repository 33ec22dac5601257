/**
 * The measuring process: imports, loads and tries one member as a worker would, and takes the time and the memory of each step. It is
 * fresh for every member and is killed afterwards.
 */
import { type Classifier, errorCode, errorMessage } from '@clamor/contract';
import { pathToFileURL } from 'node:url';

import { importCheckedSuite } from '../execution/import-suite.ts';
import { loadMember } from '../execution/load-member.ts';
import { parseExample } from '../execution/parse-example.ts';
import { ProblemError } from '../execution/problem-error.ts';
import { allowPublishedImports } from '../execution/published-imports.ts';
import { scoreMember } from '../execution/score-member.ts';
import { readSamples, trySamples } from '../execution/try-samples.ts';
import type { WorkerMember } from '../execution/worker-protocol.ts';
import type { MeasureMessage, MeasurePhase, MeasureProblem, MeasureResult, MeasureTask } from './measure-protocol.ts';

// Taken before any member can put its own in their place.
const send = process.send?.bind(process);
delete (process as { send?: unknown }).send;
const now = performance.now.bind(performance);
const rssBytes = process.memoryUsage.rss.bind(process.memoryUsage);
const { gc } = globalThis;

function tell(message: MeasureMessage): Promise<void> {
  return new Promise((resolve) => {
    if (send === undefined) resolve();
    else send(message, () => resolve());
  });
}

/** @returns Milliseconds of the step, and the bytes that the process has after it. */
async function step<Result>(
  phase: MeasurePhase,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly ms: number; readonly bytes: number }> {
  await tell({ kind: 'phase', phase });
  const start = now();
  const result = await work();
  const ms = now() - start;
  gc?.();
  return { result, ms, bytes: rssBytes() };
}

async function measure({ suite: content, member, deadline }: MeasureTask): Promise<MeasureResult> {
  const suite = await step('suite', () => importCheckedSuite(content));
  const empty = { suiteMs: suite.ms, emptyBytes: suite.bytes };
  if (member === null)
    return { ...empty, importMs: 0, engineMs: null, engineBytes: 0, loadMs: 0, firstScoreMs: null, memberBytes: 0 };
  const imported = await step('import', () => importEntry(member));
  const engine =
    imported.result?.kind === 'onnx' ? await step('engine', async () => void (await import('@clamor/onnx'))) : null;
  const engineBytes = engine === null ? 0 : engine.bytes - imported.bytes;
  const { result: loaded, ms: loadMs, bytes: loadedBytes } = await step('load', () => loadMember(member));
  const [sample] = await readSamples(member);
  const parsed = sample === undefined ? null : await parseExample(suite.result, sample.input);
  const examples = parsed !== null && 'example' in parsed ? Object.freeze([parsed.example]) : [];
  const options = { mayAbstain: member.record.abstains, deadline };
  const scored =
    examples.length === 0 ? null : await step('score', async () => void (await scoreMember(loaded, examples, options)));
  const memberBytes = (scored?.bytes ?? loadedBytes) - suite.bytes - engineBytes;
  await step('samples', () => trySamples(loaded, member, suite.result, { deadline }));
  return {
    ...empty,
    importMs: imported.ms,
    engineMs: engine?.ms ?? null,
    engineBytes,
    loadMs,
    firstScoreMs: scored?.ms ?? null,
    memberBytes,
  };
}

/** The same import that loading does, for its time; what is wrong with it loading says. */
async function importEntry({ entry }: WorkerMember): Promise<Partial<Classifier> | undefined> {
  allowPublishedImports();
  try {
    return ((await import(pathToFileURL(entry).href)) as { classifier?: Partial<Classifier> }).classifier;
  } catch {
    return undefined;
  }
}

function problemOf(error: unknown): MeasureProblem {
  if (error instanceof ProblemError) {
    const { code, found, wanted } = error.problem;
    return { code, message: `found ${found}; wanted ${wanted}` };
  }
  return { code: errorCode(error) ?? 'MEMBER_LOAD_FAILED', message: errorMessage(error) };
}

process.once('message', (task: MeasureTask) => {
  void (async () => {
    try {
      await tell({ kind: 'result', result: await measure(task) });
    } catch (error) {
      await tell({ kind: 'problem', problem: problemOf(error) });
    }
  })();
});
// Without whoever asked nobody wants what it does.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
