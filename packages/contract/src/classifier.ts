import { CONTRACT_VERSION } from './contract-version.ts';
import { ContractError } from './errors.ts';
import type { FeatureTargets, InputSpec } from './inputs.ts';
import type { ScoreColumn } from './score-column.ts';

/** How long a call may take, and the way it is told to stop. */
export interface CallContext {
  /** Aborted when the answer is no longer wanted. */
  readonly signal: AbortSignal;
  /** Epoch milliseconds after which the answer counts as a failure. */
  readonly deadline: number;
}

/** A reason for a positive, for people. */
export interface Explanation {
  /** What was seen, for example a token. Untrusted: it may quote the example. */
  readonly what: string;
  /** What it added to the score. */
  readonly score: number;
}

/** A classifier that is ready to run. */
export interface LoadedClassifier<Example> {
  /**
   * Scores a batch of examples.
   *
   * The score of an example depends on that example alone: not on its batch, the order, the clock or earlier calls. The
   * examples are frozen and stay so.
   *
   * @param examples - Shape [n], n may be 0.
   * @returns Shape [n], in the order of the examples; see `column`.
   */
  score(examples: readonly Example[], context: CallContext): ScoreColumn | Promise<ScoreColumn>;
  /** Reasons for a positive, the weightiest first. Optional. */
  explain?(example: Example): readonly Explanation[];
  /** Frees what load took. May be called twice. */
  close(): void | Promise<void>;
}

/** A member in plain code, or a call to a service. */
export interface PlainClassifier<Example> {
  readonly kind: 'plain';
  readonly contract: number;
  load(): LoadedClassifier<Example> | Promise<LoadedClassifier<Example>>;
}

/** A member as data: an artifact, its inputs and a feature function. Only the runtime loads an engine. */
export interface OnnxClassifier<Example> {
  readonly kind: 'onnx';
  readonly contract: number;
  readonly artifact: URL;
  readonly inputs: { readonly [name: string]: InputSpec<Example> };
  /** Name of the graph output that holds the score: float32 [n] or [n, 1]. */
  readonly output: string;
  readonly features: FeatureFunction<Example>;
  /** Reasons for a positive, the weightiest first. Optional. */
  readonly explain?: (example: Example) => readonly Explanation[];
}

/** Writes the inputs of one example; returns `false` to abstain. */
export type FeatureFunction<Example, Targets = { readonly [name: string]: unknown }> = (
  example: Example,
  targets: Targets,
) => boolean | void;

/** One member's code. */
export type Classifier<Example = unknown> = PlainClassifier<Example> | OnnxClassifier<Example>;

/** What {@link defineClassifier} takes. */
export type ClassifierDefinition<Example> = Pick<PlainClassifier<Example>, 'load'>;

/**
 * Declares a member in plain code; its package exports it as `classifier`.
 *
 * @throws {ContractError} `CONTRACT_DEFINITION_INVALID`
 * @example
 * defineClassifier<string>({
 *   load: () => ({ score: (texts) => column(texts, (text) => text.split('!').length - 1), close() {} }),
 * })
 */
export function defineClassifier<Example>(definition: ClassifierDefinition<Example>): PlainClassifier<Example> {
  if (typeof definition?.load !== 'function') {
    throw new ContractError(
      'CONTRACT_DEFINITION_INVALID',
      `defineClassifier takes { load }, a function that returns { score, close }; load is a ${typeof definition?.load}.`,
    );
  }
  return Object.freeze({ kind: 'plain', contract: CONTRACT_VERSION, load: definition.load });
}

/** What {@link defineOnnxClassifier} takes. */
export interface OnnxClassifierDefinition<Example, Inputs extends { readonly [name: string]: InputSpec<Example> }> {
  /** `new URL('../assets/model.onnx', import.meta.url)`: right from src/ and from dist/. */
  readonly artifact: URL;
  readonly inputs: Inputs & { readonly [name: string]: InputSpec<Example> };
  /** Default `score`. */
  readonly output?: string;
  /** Not needed by a member that reads encoders only; without one nothing is written and no example abstains. */
  readonly features?: FeatureFunction<Example, FeatureTargets<Inputs>>;
  readonly explain?: (example: Example) => readonly Explanation[];
}

/**
 * Declares a member as data; its package exports it as `classifier`.
 *
 * @throws {ContractError} `CONTRACT_DEFINITION_INVALID`
 * @example
 * defineOnnxClassifier<string, { length: DenseInput }>({
 *   artifact: new URL('file:///model.onnx'),
 *   inputs: { length: dense(1) },
 *   features: (text, { length }) => { length[0] = text.length },
 * })
 */
export function defineOnnxClassifier<Example, Inputs extends { readonly [name: string]: InputSpec<Example> }>(
  definition: OnnxClassifierDefinition<Example, Inputs>,
): OnnxClassifier<Example> {
  const faults = onnxFaults(definition);
  if (faults.length > 0) {
    throw new ContractError('CONTRACT_DEFINITION_INVALID', `defineOnnxClassifier: ${faults.join(' ')}`);
  }
  return Object.freeze({
    kind: 'onnx',
    contract: CONTRACT_VERSION,
    artifact: definition.artifact,
    inputs: Object.freeze({ ...definition.inputs }),
    output: definition.output ?? 'score',
    features: (definition.features ?? noFeatures) as FeatureFunction<Example>,
    ...(definition.explain === undefined ? {} : { explain: definition.explain }),
  });
}

function noFeatures(): true {
  return true;
}

function onnxFaults(definition: {
  artifact: unknown;
  inputs: { readonly [name: string]: { readonly kind: string } };
  features?: unknown;
}): string[] {
  const faults: string[] = [];
  if (!(definition?.artifact instanceof URL)) {
    faults.push("artifact must be a URL: new URL('../assets/model.onnx', import.meta.url).");
  }
  const names = Object.keys(definition?.inputs ?? {});
  if (names.length === 0) faults.push('inputs must name at least one input: { x: dense(3) }.');
  for (const name of names.filter((candidate) => !/^[A-Za-z]\w*$/.test(candidate))) {
    faults.push(`input name "${name}" must be letters, digits and _, starting with a letter.`);
  }
  const encodedOnly = Object.values(definition?.inputs ?? {}).every((spec) => spec?.kind === 'encoded');
  if (typeof definition?.features !== 'function' && !(encodedOnly && definition.features === undefined))
    faults.push('features must be a function (example, targets).');
  return faults;
}
