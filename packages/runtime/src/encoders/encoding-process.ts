import type { ChildProcess } from 'node:child_process';
import { formatFault } from '../discovery/fault.ts';
import { isRunningFromSource } from '../discovery/package-entry.ts';
import type { CheckedEncoder } from '../discovery/read-encoder.ts';
import { RuntimeError, type RuntimeErrorCode } from '../errors.ts';
import { killGroup, startDetached } from '../execution/detached-process.ts';
import { limitedOutput } from '../execution/output-limit.ts';
import type { MemberProblem } from '../execution/worker-protocol.ts';
import type { EncodedText } from './batch-encodings.ts';
import { type EncodeAnswer, type EncodeRequest, readAnswer } from './encode-protocol.ts';

/** How an {@link EncodingProcess} is bounded. */
export interface EncodingProcessOptions {
  readonly loadDeadlineMs: number;
  /** Milliseconds per text. */
  readonly deadlineMs: number;
  /** Ends whatever is waited for, with the signal's reason. */
  readonly signal: AbortSignal;
}

/** An answer, how the process ended instead, or that there was none in time. */
type Asked = EncodeAnswer | { readonly ended: string } | { readonly late: true };

// A process that can still answer says itself which texts were late.
const GRACE_MS = 1000;

/** An encoder in a process of its own: whatever it does there, it harms nobody here. */
export class EncodingProcess implements AsyncDisposable {
  readonly #encoder: CheckedEncoder;
  readonly #options: EncodingProcessOptions;
  readonly #child: ChildProcess;

  private constructor(encoder: CheckedEncoder, options: EncodingProcessOptions) {
    this.#encoder = encoder;
    this.#options = options;
    const program = isRunningFromSource ? './encode-process.ts' : './encoders/encode-process.js';
    this.#child = startDetached(import.meta.resolve(program));
    this.#child.on('error', () => {}); // Whoever waits for an answer hears of it.
    const print = limitedOutput((chunk) => process.stderr.write(chunk));
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream?.on('data', print);
  }

  /**
   * Starts a process and loads the encoder in it.
   *
   * @throws {RuntimeError} `ENCODER_…`
   */
  static async start(encoder: CheckedEncoder, options: EncodingProcessOptions): Promise<EncodingProcess> {
    options.signal.throwIfAborted();
    const started = new EncodingProcess(encoder, options);
    try {
      await started.#load();
      return started;
    } catch (error) {
      await started[Symbol.asyncDispose]();
      throw error;
    }
  }

  /**
   * Text → row, or why it has none.
   *
   * @param texts - Each once.
   * @throws {RuntimeError} `ENCODER_CRASHED`, `ENCODER_DEADLINE`, when the process has gone or does not answer.
   */
  async encode(texts: readonly string[]): Promise<Map<string, EncodedText>> {
    const { width } = this.#encoder.record;
    const waitMs = this.#options.deadlineMs * texts.length;
    const where = `on one of ${texts.length} texts, the first of which begins ${JSON.stringify(texts[0]?.slice(0, 60))}`;
    const request = { kind: 'encode', texts, deadline: Date.now() + waitMs } as const;
    const answer = await this.#ask(request, { waitMs: waitMs + GRACE_MS, numbers: texts.length * width });
    if ('ended' in answer) throw this.#fail('ENCODER_CRASHED', `the end of its process (${answer.ended}) ${where}`);
    if ('late' in answer) throw this.#fail('ENCODER_DEADLINE', `no answer within ${waitMs} ms ${where}`);
    if (answer.kind !== 'rows') throw this.#fail('ENCODER_FAILED', `an answer that has no rows ${where}`);
    const reasons = new Map(answer.reasons);
    return new Map(texts.map((text, i) => [text, reasons.get(i) ?? answer.rows.subarray(i * width, (i + 1) * width)]));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await killGroup(this.#child);
  }

  async #load(): Promise<void> {
    const { package: name, version, dir, entry, contentHash, record } = this.#encoder;
    const { loadDeadlineMs: waitMs } = this.#options;
    const encoder = { package: name, version, dir, entry, contentHash, record, known: null };
    const answer = await this.#ask({ kind: 'load', encoder }, { waitMs, numbers: 0 });
    if ('ended' in answer)
      throw this.#fail('ENCODER_CRASHED', `the end of its process while it was loaded (${answer.ended})`);
    if ('late' in answer) throw this.#fail('ENCODER_LOAD_TIMEOUT', `no end of import or load within ${waitMs} ms`);
    if (answer.kind === 'problem') throw this.#error(answer.problem);
  }

  async #ask(
    request: EncodeRequest,
    { waitMs, numbers }: { readonly waitMs: number; readonly numbers: number },
  ): Promise<Asked> {
    const { signal } = this.#options;
    const { promise, resolve, reject } = Promise.withResolvers<Asked>();
    const onMessage = (sent: unknown): void => {
      const answer = readAnswer(sent, numbers);
      if (answer !== null) resolve(answer);
    };
    const onExit = (code: number | null, by: NodeJS.Signals | null): void =>
      resolve({ ended: by ?? `exit code ${code}` });
    const onError = (error: Error): void => resolve({ ended: error.message });
    const onAbort = (): void => reject(signal.reason);
    this.#child.on('message', onMessage).on('exit', onExit).on('error', onError);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    const timer = setTimeout(() => resolve({ late: true }), waitMs);
    try {
      this.#child.send(request, (error) => {
        if (error !== null) onError(error);
      });
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#child.off('message', onMessage).off('exit', onExit).off('error', onError);
      signal.removeEventListener('abort', onAbort);
    }
  }

  #fail(code: RuntimeErrorCode, found: string): RuntimeError {
    return this.#error({ code, found, wanted: 'rows for texts', todo: 'Report it to the owner of the encoder.' });
  }

  #error(problem: MemberProblem): RuntimeError {
    const { package: name, version } = this.#encoder;
    return new RuntimeError(problem.code as RuntimeErrorCode, formatFault({ package: name, version, ...problem }));
  }
}
