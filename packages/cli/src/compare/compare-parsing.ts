import { isDeepStrictEqual } from 'node:util';

import type { Suite } from '@clamor/contract';
import type { OutputComparison } from '@clamor/report';
import { discover, findSuite, importSuite, type ParsedExample, parseExample } from '@clamor/runtime';
import type { EvaluationSource, Split } from '@clamor/store';

import type { Io } from '../io.ts';
import { startProgress } from '../progress.ts';

/** What {@link compareParsing} takes. */
export interface CompareParsingOptions {
  /** Folders of two hosts, each with its version of the suite's package. */
  readonly before: string;
  readonly after: string;
  readonly source: EvaluationSource;
  readonly split: Split;
  /** Keys to tell of examples that differ. Only of a split with the role explore. */
  readonly examples: number;
}

/** What examples say of two versions of a suite. */
export interface ComparedParsing {
  readonly outputs: OutputComparison;
  /** Formats that each version reads, sorted: `mbox .mbox`. */
  readonly formats: { readonly before: readonly string[]; readonly after: readonly string[] };
}

/**
 * Parses the examples of a split with two versions of the suite and compares what comes out, bit for bit: 0 is not −0, and a
 * refusal is the same only with the same code.
 *
 * Both versions are imported here: a suite is its team's own, as its evaluation is.
 */
export async function compareParsing(
  { before, after, source, split, examples }: CompareParsingOptions,
  io: Io,
): Promise<ComparedParsing> {
  const old = await importFrom(before, source.suite);
  const fresh = await importFrom(after, source.suite);
  const progress = startProgress(io, { label: split.name, total: split.ids.length });
  const differing: string[] = [];
  let compared = 0;
  try {
    for await (const { id, input } of source.examples(split.name)) {
      io.signal.throwIfAborted();
      if (!isSameOutput(await parseExample(old, input), await parseExample(fresh, input))) differing.push(id);
      progress.update((compared += 1));
    }
  } finally {
    progress.stop();
  }
  return {
    outputs: {
      unit: 'example',
      compared,
      differing: differing.length,
      keys: split.roles.includes('explore') ? differing.slice(0, examples) : [],
    },
    formats: { before: formatsOf(old), after: formatsOf(fresh) },
  };
}

async function importFrom(host: string, name: string): Promise<Suite> {
  return await importSuite(findSuite(discover({ from: host }), name).entry, name);
}

function isSameOutput(a: ParsedExample, b: ParsedExample): boolean {
  if ('error' in a || 'error' in b) return 'error' in a && 'error' in b && a.error.code === b.error.code;
  return isDeepStrictEqual(a.example, b.example);
}

function formatsOf({ formats }: Suite): string[] {
  return formats.map(({ name, extensions }) => [name, ...extensions].join(' ')).toSorted();
}
