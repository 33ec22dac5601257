import { discover, type Discovery, findSuite, loadSuite, type RunningSuite } from '@clamor/runtime';
import type { EvaluationSource } from '@clamor/store';

import { ColumnCache } from './column-cache.ts';
import { importEvaluation } from './evaluation-package.ts';
import type { Io } from './io.ts';
import { printFaults } from './print-faults.ts';

/** How a suite is loaded: options that every command that measures has. */
export interface SuiteOptions {
  /** Default the only one installed. */
  readonly suite?: string;
  readonly strict?: boolean;
  /** Refuse what differs from a lock: that of the host, or the one at a path. */
  readonly locked?: true | string;
  /** Refuse packages without provenance of npm. */
  readonly requireProvenance?: boolean;
  readonly exclude?: readonly string[];
  readonly workers?: number;
  /** `false`: score everything, and neither read nor keep cached columns. Default `true`. */
  readonly cache?: boolean;
}

/** A suite and the package that measures it. */
export interface OpenSuite extends AsyncDisposable {
  readonly suite: RunningSuite;
  readonly source: EvaluationSource;
  readonly discovery: Discovery;
  /** `null` when no cache is to be used. */
  readonly cache: ColumnCache | null;
}

/**
 * Finds a suite, its evaluation and its members, and loads them; the caller disposes of it.
 *
 * @param check - Called before the members are loaded, which takes a while: throws when the splits cannot be what was
 * asked for.
 * @throws {CliError} `CLI_EVALUATION_MISSING`, `CLI_EVALUATION_INVALID`; {RuntimeError} `SUITE_AMBIGUOUS`, `SUITE_NOT_FOUND`
 * and the other codes of `loadSuite`
 */
export async function openSuite(
  options: SuiteOptions,
  io: Io,
  check: (source: EvaluationSource) => void = () => {},
): Promise<OpenSuite> {
  const { exclude = [], workers, strict = false } = options;
  const discovery = discover({ from: io.cwd, exclude });
  const name = options.suite ?? suiteName(discovery);
  const source = await importEvaluation(discovery, name);
  check(source);
  const cache = options.cache === false ? null : new ColumnCache({ host: discovery.host, source }, io);
  const suite = await loadSuite({
    suite: name,
    from: io.cwd,
    exclude,
    onFault: strict ? 'throw' : 'degrade',
    ...(options.locked === undefined ? {} : { locked: options.locked }),
    requireProvenance: options.requireProvenance ?? false,
    ...(workers === undefined ? {} : { workers }),
    ...(cache === null ? {} : { encodings: cache.encodings }),
  });
  printFaults(suite.faults, io);
  const close = async (): Promise<void> => {
    await cache?.encodings.save(suite);
    await suite.close();
  };
  return { suite, source, discovery, cache, [Symbol.asyncDispose]: close };
}

function suiteName(discovery: Discovery): string {
  const { package: found } = findSuite(discovery);
  return found.marker.suite ?? found.package;
}
