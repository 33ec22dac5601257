import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ABSTAINED,
  type LoadedClassifier,
  SCORED,
  type Sample,
  type Suite,
  errorMessage,
  isSameScore,
} from '@clamor/contract';
import { ProblemError } from './problem-error.ts';
import { parseExample } from './parse-example.ts';
import { scoreMember } from './score-member.ts';
import type { WorkerMember } from './worker-protocol.ts';

/** Options of {@link trySamples}. */
export interface TrySamplesOptions {
  /** Epoch milliseconds. */
  readonly deadline: number;
  /** Called with the samples before they are scored. */
  readonly prepare?: (examples: readonly unknown[]) => Promise<void>;
}

/**
 * Scores a member's samples: warms it up, checks that it says here what it said where it was made, and measures its cost.
 *
 * @returns Milliseconds per sample, or `null` when there are none.
 * @throws {ProblemError} `MEMBER_SAMPLES_INVALID`, `MEMBER_SAMPLES_MISMATCH`
 */
export async function trySamples(
  loaded: LoadedClassifier<unknown>,
  member: WorkerMember,
  suite: Suite,
  { deadline, prepare }: TrySamplesOptions,
): Promise<number | null> {
  const samples = await readSamples(member);
  const parsed = await Promise.all(samples.map((sample) => parseExample(suite, sample.input)));
  const refused = parsed.findIndex((example) => 'error' in example);
  if (refused >= 0) throw invalid(member, `sample "${samples[refused]?.key}" is refused by the suite's schema`);
  const examples = parsed.map((example) => ('example' in example ? example.example : null));
  await prepare?.(examples);
  const options = { mayAbstain: member.record.abstains, deadline };
  const column = await scoreMember(loaded, examples, options);
  for (const [i, sample] of samples.entries()) {
    const found = describe(column.status[i], column.scores[i], column.reasons.get(i)?.message);
    const same =
      sample.score === null
        ? column.status[i] === ABSTAINED
        : column.status[i] === SCORED && isSameScore(column.scores[i] ?? Number.NaN, sample.score);
    if (!same) throw mismatch(sample, found);
  }
  return samples.length === 0 ? null : await measureCost(loaded, examples, options);
}

/** The second run is timed: the first one pays for compilation. */
async function measureCost(
  loaded: LoadedClassifier<unknown>,
  examples: readonly unknown[],
  options: { mayAbstain: boolean; deadline: number },
): Promise<number> {
  const start = performance.now();
  await scoreMember(loaded, examples.slice(0, 1), options);
  return performance.now() - start;
}

/** The samples that a member brings. */
export async function readSamples(member: WorkerMember): Promise<Sample[]> {
  const file = join(member.dir, 'assets', 'samples.jsonl');
  try {
    const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '');
    return lines.map((line) => {
      const sample = JSON.parse(line) as Sample;
      if (
        typeof sample.key === 'string' &&
        'input' in sample &&
        (sample.score === null || typeof sample.score === 'number')
      )
        return sample;
      throw new TypeError(`${line.slice(0, 80)}… has no key, input or score`);
    });
  } catch (error) {
    throw invalid(member, errorMessage(error));
  }
}

function describe(status: number | undefined, score: number | undefined, reason: string | undefined): string {
  if (status === SCORED) return String(score);
  return status === ABSTAINED ? 'an abstention' : `a failure (${reason})`;
}

function invalid(member: WorkerMember, found: string): ProblemError {
  return new ProblemError(
    'MEMBER_SAMPLES_INVALID',
    `assets/samples.jsonl of ${member.package}: ${found}`,
    'lines of { key, input, score }',
    'Rebuild the member, or install it again.',
  );
}

function mismatch(sample: Sample, found: string): ProblemError {
  return new ProblemError(
    'MEMBER_SAMPLES_MISMATCH',
    `sample "${sample.key}" scored ${found}`,
    sample.score === null ? 'an abstention' : `${sample.score} ± 1e-6`,
    'Install versions of the suite and the member that belong together, or rebuild the member.',
  );
}
