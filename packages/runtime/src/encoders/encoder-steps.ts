import type { AskedMember, ScoreTask } from '../execution/worker-protocol.ts';
import { BatchEncodings } from './batch-encodings.ts';
import type { EncoderHost } from './encoder-host.ts';
import type { EncoderRun } from './encoder-run.ts';

// Of the time that a batch has left: its members are scored after it, and the reason of a late one has to come home.
const ENCODING_SHARE = 0.95;

/** What a member will ask its encoder for. */
export interface MemberTexts {
  /** The list of examples that it was given for that, to be given again; `undefined` when it was not asked. */
  readonly asked: readonly unknown[] | undefined;
  readonly texts: readonly string[];
  /** Milliseconds of its text functions. */
  readonly timeMs: number;
}

/** What {@link EncoderSteps} need of the place where they run. */
export interface EncoderStepsParts {
  readonly encoderOf: (member: number) => number | null;
  readonly textsOf: (member: number, encodings: BatchEncodings) => Promise<MemberTexts>;
  readonly host: Pick<EncoderHost, 'encode'>;
}

/**
 * The encoders' part of one task. Before the first member on an encoder is scored, all members on it say their texts, and each text is
 * encoded once. A suspect, which may cost the place, says its texts in its own turn.
 */
export class EncoderSteps {
  readonly encodings = new BatchEncodings();
  readonly #task: Pick<ScoreTask, 'members' | 'encoderDeadlineMs' | 'endsAt'>;
  readonly #parts: EncoderStepsParts;
  readonly #texts = new Map<number, MemberTexts>();

  constructor(task: Pick<ScoreTask, 'members' | 'encoderDeadlineMs' | 'endsAt'>, parts: EncoderStepsParts) {
    this.#task = task;
    this.#parts = parts;
  }

  /** Whether a member is on an encoder and has not said its texts yet. */
  isDue({ member }: AskedMember): boolean {
    return this.#parts.encoderOf(member) !== null && !this.#texts.has(member);
  }

  /** Encodes what a member, and the others on its encoder, will ask for; `null` when all of it has been encoded before. */
  async run(asked: AskedMember): Promise<EncoderRun | null> {
    const { encoderOf, textsOf, host } = this.#parts;
    const encoder = encoderOf(asked.member);
    if (encoder === null) return null;
    const isAlike = (other: AskedMember): boolean =>
      !other.isSuspect && encoderOf(other.member) === encoder && !this.#texts.has(other.member);
    const together = asked.isSuspect ? [asked] : this.#task.members.filter(isAlike);
    const wanted = new Set<string>();
    for (const { member } of together) {
      const texts = await textsOf(member, this.encodings);
      this.#texts.set(member, texts);
      for (const text of texts.texts) wanted.add(text);
    }
    const missing = this.encodings.missing(encoder, wanted);
    if (missing.size === 0) return null;
    const { encoderDeadlineMs, endsAt } = this.#task;
    const now = Date.now();
    const deadline = now + Math.min(encoderDeadlineMs, ENCODING_SHARE * (endsAt - now));
    const { encoded, run } = await host.encode(encoder, missing, deadline);
    this.encodings.add(encoder, encoded);
    return run;
  }

  /** What scoring a member goes by. */
  of(member: number): Omit<MemberTexts, 'texts'> & { readonly encoderCodes: ReadonlySet<string> | undefined } {
    const texts = this.#texts.get(member);
    if (texts === undefined) return NO_ENCODER;
    const encoder = this.#parts.encoderOf(member);
    const encoderCodes = encoder === null ? undefined : this.encodings.codes(encoder);
    return { asked: texts.asked, timeMs: texts.timeMs, encoderCodes };
  }
}

const NO_ENCODER = { asked: undefined, timeMs: 0, encoderCodes: undefined } as const;
