import type { ReportPackage, ReportSection } from '@clamor/report';
import { type DiscoveredPackage, formatFault, type RunningSuite } from '@clamor/runtime';
import type { EvaluationSource } from '@clamor/store';

import { CliError } from '../errors.ts';
import { EXIT_CODES, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { measureSplit } from '../measure-split.ts';
import { openSuite, type SuiteOptions } from '../open-suite.ts';
import type { FigureOptions } from '../section-figures.ts';
import { type ReportOutputs, writeReport } from '../write-report.ts';

/** What {@link evaluateSuite} takes. */
export interface EvaluateSuiteOptions extends ReportOutputs, SuiteOptions, FigureOptions {
  readonly suite: string;
  readonly split: readonly string[];
  readonly explore: readonly string[];
}

/** `clamor evaluate SUITE`: the figures of the suite on splits of its dataset. */
export async function evaluateSuite(options: EvaluateSuiteOptions, io: Io): Promise<ExitCode> {
  const splits = [...new Set([...options.split, ...options.explore])];
  await using opened = await openSuite(options, io, (source) => {
    if (splits.length === 0) throw nothingAsked(source);
  });
  const { suite, source, cache } = opened;
  const sections: ReportSection[] = [];
  for (const split of splits) {
    if (io.signal.aborted) break;
    const explore = options.explore.includes(split);
    const section = await measureSplit({
      source,
      suite,
      io,
      cache,
      split,
      explore,
      figures: options,
      pictures: options.html !== undefined,
    }).catch((error: unknown) => {
      // Splits that are finished are worth printing when the run is stopped.
      if (io.signal.aborted) return null;
      throw error;
    });
    if (section !== null) sections.push(section);
  }
  if (sections.length === 0) return EXIT_CODES.interrupted;
  const { suiteVersion, stateVersion, policy } = suite;
  const packages = reportPackages(suite, options.suite);
  await writeReport(
    { kind: 'suite', suite: options.suite, suiteVersion, stateVersion, policy, packages, sections },
    options,
    io,
  );
  return EXIT_CODES.ok;
}

function nothingAsked({ splits }: EvaluationSource): CliError {
  const names = splits.map(({ name, roles }) => `${name} (${roles.join(', ')})`).join('; ');
  return new CliError('CLI_USAGE', `Name what to measure: --split NAME or --explore NAME. There are: ${names}.`);
}

function reportPackages({ discovery, faults }: RunningSuite, suite: string): ReportPackage[] {
  const own = discovery.packages.filter(({ marker }) => marker.suite === undefined || marker.suite === suite);
  return own.map(({ package: name, version, marker }: DiscoveredPackage) => {
    const fault = faults.find((one) => one.package === name);
    const common = { name, version, kind: marker.kind, owner: marker.owner };
    return fault === undefined
      ? { ...common, status: 'loaded' as const }
      : { ...common, status: 'failed' as const, reason: formatFault(fault) };
  });
}
