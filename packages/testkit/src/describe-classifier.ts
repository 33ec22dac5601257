import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  ABSTAINED,
  CONTRACT_VERSION,
  type Classifier,
  FAILED,
  type LoadedClassifier,
  SCORED,
  type ScoreColumn,
  type Suite,
  freezeExample,
  isSameScore,
  judgementAt,
} from '@clamor/contract';
import { loadOnnxClassifier } from '@clamor/onnx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOSTILE_INPUTS } from './hostile-inputs.ts';
import { readMemberAssets } from './member-assets.ts';
import { createRememberedEncode } from './remembered-encode.ts';

/** What every member must be true to. */
export type ConformanceFact =
  | 'is a classifier of this contract'
  | 'has the artifact of its record'
  | 'has samples on both sides of its threshold'
  | 'scores its samples as recorded'
  | 'abstains only if its record says so'
  | 'gives the same answer twice'
  | 'scores a batch as it scores one by one'
  | 'does not depend on the order'
  | 'takes an empty batch'
  | 'survives huge and garbage input'
  | 'leaves its input untouched'
  | 'closes twice';

/** Options of {@link describeClassifier}. */
export interface DescribeClassifierOptions<Input, Example> {
  readonly suite: Suite<Input, Example>;
  /** The member's assets: `new URL('../assets/', import.meta.url)`. */
  readonly assets: URL;
  /** More inputs to survive, beside the built-in ones. */
  readonly hostile?: readonly unknown[];
  /** Facts that cannot hold for this member, each with the reason; printed with the skipped test. */
  readonly skip?: { readonly [Fact in ConformanceFact]?: string };
}

const TIMEOUT_MS = 60_000;

/**
 * The conformance suite of a member: call it once in the member's tests.
 *
 * @example
 * // describeClassifier(classifier, { suite, assets: new URL('../assets/', import.meta.url) });
 */
export function describeClassifier<Input, Example>(
  classifier: Classifier<Example>,
  options: DescribeClassifierOptions<Input, Example>,
): void {
  const { record, samples } = readMemberAssets(options.assets);
  let loaded: LoadedClassifier<Example>;
  let examples: Example[];
  let column: ScoreColumn;
  const encoders = createRememberedEncode();
  const load = async (): Promise<LoadedClassifier<Example>> =>
    classifier.kind === 'onnx' ? loadOnnxClassifier(classifier, { encode: encoders.encode }) : classifier.load();
  const fact = (name: ConformanceFact, check: () => unknown): void => {
    const reason = options.skip?.[name];
    // oxlint-disable-next-line vitest/expect-expect -- the check that is passed in expects
    if (reason === undefined) it(name, async () => void (await check()), TIMEOUT_MS);
    // oxlint-disable-next-line vitest/no-disabled-tests -- the member's owner gave the reason, and it is printed
    else it.skip(`${name} (skipped: ${reason})`, () => {});
  };
  const score = async (batch: readonly Example[]): Promise<ScoreColumn> =>
    loaded.score(batch, { signal: new AbortController().signal, deadline: Date.now() + TIMEOUT_MS });

  describe('describeClassifier', () => {
    beforeAll(async () => {
      loaded = await load();
      examples = await Promise.all(samples.map((sample) => parse(options.suite, sample.input)));
      column = await score(examples);
    }, TIMEOUT_MS);
    afterAll(async () => {
      await loaded?.close();
      await encoders.close();
    });

    fact('is a classifier of this contract', () => {
      expect(classifier.contract).toBe(CONTRACT_VERSION);
      expect(Math.fround(record.threshold)).toBe(record.threshold);
      const encoded =
        classifier.kind === 'onnx' && Object.values(classifier.inputs).some(({ kind }) => kind === 'encoded');
      expect(record.encoder !== null).toBe(encoded);
    });
    fact('has the artifact of its record', () => {
      expect(classifier.kind === 'onnx').toBe(record.artifact !== null);
      if (record.artifact === null) return;
      const bytes = readFileSync(new URL(record.artifact.file, options.assets));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(record.artifact.sha256);
      expect(bytes.byteLength).toBe(record.artifact.sizeBytes);
    });
    fact('has samples on both sides of its threshold', () => {
      const judgements = samples.map((_, i) => judgementAt(column, i, record.threshold));
      expect(judgements).toContain('positive');
      expect(judgements).toContain('negative');
    });
    fact('scores its samples as recorded', () => {
      for (const [i, sample] of samples.entries()) {
        expect(column.status[i], sample.key).toBe(sample.score === null ? ABSTAINED : SCORED);
        if (sample.score !== null && !isSameScore(column.scores[i] ?? Number.NaN, sample.score)) {
          expect(column.scores[i], sample.key).toBe(sample.score);
        }
      }
    });
    fact('abstains only if its record says so', () => {
      expect([...column.status]).not.toContain(FAILED);
      expect([...column.status].includes(ABSTAINED)).toBe(record.abstains);
    });
    fact('gives the same answer twice', async () => {
      expectSame(await score(examples), column);
    });
    fact('scores a batch as it scores one by one', async () => {
      const many = Array.from({ length: 5 }, () => examples).flat();
      const batch = await score(many);
      for (const [i, example] of many.entries()) expectSame(await score([example]), batch, [i], record.threshold);
    });
    fact('does not depend on the order', async () => {
      const places = examples.map((_, i) => examples.length - 1 - i);
      expectSame(await score(examples.toReversed()), column, places, record.threshold);
    });
    fact('takes an empty batch', async () => {
      const empty = await score([]);
      expect(empty.scores).toHaveLength(0);
      expect(empty.status).toHaveLength(0);
    });
    fact('survives huge and garbage input', async () => {
      const parsed = await Promise.all(
        [...HOSTILE_INPUTS, ...(options.hostile ?? [])].map((input) => parse(options.suite, input).catch(() => null)),
      );
      const readable = parsed.filter((example) => example !== null);
      const judged = await score(readable);
      expect([...judged.reasons.values()]).toEqual([]);
      expect(judged.status).toHaveLength(readable.length);
    });
    fact('leaves its input untouched', async () => {
      const before = JSON.stringify(examples);
      await score(examples);
      expect(JSON.stringify(examples)).toBe(before);
    });
    fact('closes twice', async () => {
      const another = await load();
      await another.close();
      await another.close();
    });
  });
}

/** The example as the runtime hands it to members: validated, parsed, frozen. */
async function parse<Input, Example>(suite: Suite<Input, Example>, input: unknown): Promise<Example> {
  const result = await suite.schema['~standard'].validate(input);
  if (result.issues !== undefined) {
    throw new TypeError(
      `The suite's schema refuses a sample: ${result.issues.map((issue) => issue.message).join('; ')}`,
    );
  }
  return freezeExample(result.value);
}

/** Expects scores within the contract's tolerance at the given places of another column, and the same judgements. */
function expectSame(found: ScoreColumn, wanted: ScoreColumn, places?: readonly number[], threshold?: number): void {
  for (let i = 0; i < found.status.length; i++) {
    const place = places?.[i] ?? i;
    expect(found.status[i]).toBe(wanted.status[place]);
    const [score, other] = [found.scores[i] ?? Number.NaN, wanted.scores[place] ?? Number.NaN];
    if (found.status[i] === SCORED && !isSameScore(score, other)) expect(score).toBe(other);
    if (threshold !== undefined) expect(judgementAt(found, i, threshold)).toBe(judgementAt(wanted, place, threshold));
  }
}
