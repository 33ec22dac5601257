import type { FailureReason, Suite } from '@clamor/contract';
import { BatchEncodings } from '../encoders/batch-encodings.ts';
import type { EncoderHost } from '../encoders/encoder-host.ts';
import type { Callers } from './callers.ts';
import { importCheckedSuite } from './import-suite.ts';
import { type AnswerTexts, type LoadedMember, loadMember } from './load-member.ts';
import { ProblemError } from './problem-error.ts';
import type { Progress } from './progress-cell.ts';
import { trySamples } from './try-samples.ts';
import { underDeadline } from './under-deadline.ts';
import type { HostSetup, MemberLoad, WorkerMember } from './worker-protocol.ts';

/** What a {@link MemberLoader} works with. */
export interface MemberLoaderParts {
  readonly setup: HostSetup;
  readonly progress: Progress;
  readonly callers: Callers;
  readonly encoders: EncoderHost;
}

/** Imports, loads and tries the members of one place, each once, and its encoder before it. */
export class MemberLoader {
  readonly #parts: MemberLoaderParts;
  readonly #loads = new Map<number, Promise<MemberLoad>>();
  readonly #loaded = new Map<number, LoadedMember>();
  #suite: Promise<Suite> | undefined;

  constructor(parts: MemberLoaderParts) {
    this.#parts = parts;
  }

  /** The suite's code. */
  get suite(): Promise<Suite> {
    this.#suite ??= importCheckedSuite(this.#parts.setup.suite);
    return this.#suite;
  }

  /** Those that are ready, by index. */
  get loaded(): ReadonlyMap<number, LoadedMember> {
    return this.#loaded;
  }

  member(index: number): WorkerMember {
    const member = this.#parts.setup.members[index];
    if (member === undefined) throw new RangeError(`There is no member ${index}.`);
    return member;
  }

  /** Loads a member, unless it was tried before. */
  load(index: number): Promise<MemberLoad> {
    const load = this.#loads.get(index) ?? this.#load(index);
    this.#loads.set(index, load);
    return load;
  }

  /** Lets those that could not be loaded be tried again, with their encoders. */
  async forgetProblems(members: readonly number[]): Promise<void> {
    const encoders = new Set<number>();
    for (const index of members) {
      if ((await this.#loads.get(index))?.problem == null) continue;
      this.#loads.delete(index);
      const { encoder } = this.member(index);
      if (encoder !== null) encoders.add(encoder.index);
    }
    for (const encoder of encoders) await this.#parts.encoders.forgetProblem(encoder);
  }

  forget(): void {
    this.#loaded.clear();
    this.#loads.clear();
  }

  async #load(index: number): Promise<MemberLoad> {
    const { callers, encoders, progress } = this.#parts;
    const { encoder } = this.member(index);
    // Before the member imports it, so that what the encoder does is not taken for the member's doing.
    const problem = encoder === null ? null : await encoders.load(encoder.index);
    if (problem !== null) return { member: index, problem, costMs: null };
    progress.publish('loading', index);
    const encodings = new BatchEncodings();
    return callers.watch({ who: { kind: 'member', index }, encodings }, async (uncaught) => {
      try {
        return { member: index, problem: null, costMs: await this.#loadAndTry(index, { encodings, uncaught }) };
      } catch (error) {
        if (error instanceof ProblemError) return { member: index, problem: error.problem, costMs: null };
        throw error;
      }
    });
  }

  /** @returns Milliseconds per sample; `null` when there are none. */
  async #loadAndTry(
    index: number,
    { encodings, uncaught }: { readonly encodings: BatchEncodings; readonly uncaught: Promise<FailureReason> },
  ): Promise<number | null> {
    const member = this.member(index);
    const { loadDeadlineMs } = this.#parts.setup;
    const deadline = Date.now() + loadDeadlineMs;
    const late = (): ProblemError => loadTimeout(loadDeadlineMs);
    const failed = uncaught.then((reason) => {
      throw new ProblemError(reason.code, reason.message, 'a member that loads', REPORT);
    });
    failed.catch(() => {});
    const classifier = await underDeadline(
      Promise.race([loadMember(member, this.#answersFor(member)), failed]),
      deadline,
      late,
    );
    const prepare = (examples: readonly unknown[]): Promise<void> =>
      this.#encodeSamples(index, { texts: textsOf(classifier, examples), encodings, deadline });
    const trying = trySamples(classifier, member, await this.suite, { deadline, prepare });
    const costMs = await underDeadline(trying, deadline, late);
    this.#loaded.set(index, classifier);
    return costMs;
  }

  /** Where a member on an encoder has its rows from: the texts of the batch for which it is called. */
  #answersFor({ encoder }: WorkerMember): AnswerTexts | undefined {
    if (encoder === null) return undefined;
    const { callers, setup } = this.#parts;
    const width = setup.encoders[encoder.index]?.record.width ?? 0;
    return (texts) => (callers.encodings ?? new BatchEncodings()).answer(encoder.index, texts, width);
  }

  async #encodeSamples(
    index: number,
    parts: { readonly texts: readonly string[]; readonly encodings: BatchEncodings; readonly deadline: number },
  ): Promise<void> {
    const { encoder, record } = this.member(index);
    if (encoder === null || parts.texts.length === 0) return;
    const { encoded } = await this.#parts.encoders.encode(encoder.index, new Set(parts.texts), parts.deadline);
    this.#parts.progress.publish('loading', index);
    parts.encodings.add(encoder.index, encoded);
    const reason = [...encoded.values()].find((each) => !(each instanceof Float32Array));
    if (reason === undefined || reason instanceof Float32Array) return;
    const found = `of its encoder ${record.encoder}, on a sample: ${reason.message}`;
    throw new ProblemError(reason.code, found, 'an encoder that encodes the samples of its members', REPORT);
  }
}

/** What a member will ask its encoder for; runs its text functions, and nothing else of it. */
export function textsOf(classifier: LoadedMember, examples: readonly unknown[]): string[] {
  const inputs = classifier.encodings?.(examples) ?? [];
  return inputs.flatMap(({ texts }) => texts.filter((text) => text !== null));
}

const REPORT = 'Report it to its owner; exclude it meanwhile.';

function loadTimeout(deadlineMs: number): ProblemError {
  return new ProblemError(
    'MEMBER_LOAD_TIMEOUT',
    `no end of import, load or samples within ${deadlineMs} ms`,
    'a member that loads in time',
    'Report it to its owner, or raise loadDeadlineMs.',
  );
}
