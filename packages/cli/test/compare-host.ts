import type { CompareReport } from '@clamor/report';

import { gateEvaluation } from './gate-host.ts';
import { clamor, commitAll, type Files, member, repository, suite, writeFiles } from './host.ts';

/** The suite with buy and one version of win: 534 and 8 of buy, 12 of win alone. */
export function comparePackages(version: Files): { [name: string]: Files } {
  return {
    texts: suite(),
    'texts-buy': member('buy', 'buy'),
    'texts-evaluation': gateEvaluation(),
    'texts-win': version,
  };
}

/** A version of win; what its package.json and record say, and the score of a text, may differ. */
export function win({
  version = '0.1.0',
  manifest = {},
  record = {},
  score,
}: {
  readonly version?: string;
  readonly manifest?: object;
  readonly record?: object;
  readonly score?: string;
} = {}): Files {
  const files = member('win', 'win', { record, ...(score === undefined ? {} : { score }) });
  return { ...files, 'package.json': { ...(files['package.json'] as object), version, ...manifest } };
}

/** A repository that releases the packages by changesets. */
export function releasing(packages: { readonly [name: string]: Files }): string {
  const dir = repository(packages);
  writeFiles(dir, { '.changeset/config.json': {}, '.changeset/README.md': 'Not a changeset.' });
  commitAll(dir);
  return dir;
}

/** The text of a changeset. */
export function changeset(releases: { readonly [name: string]: string }): string {
  const lines = Object.entries(releases).map(([name, bump]) => `'${name}': ${bump}`);
  return ['---', ...lines, '---', '', 'Something.'].join('\n');
}

/** The score of a version of win that looks for another word: 12 true positives go, 6 true and 9 false ones come. */
export const OTHER_WORD = '({ text }) => text.split("bad").length - 1';

/** Runs a comparison in a folder. */
export async function compareIn(
  cwd: string,
  against: string,
  ...args: string[]
): Promise<{ readonly exitCode: number; readonly stderr: string; readonly report: CompareReport }> {
  const all = ['compare', 'win', '--against', against, '--json', '--workers', '1', ...args];
  const { exitCode, stdout, stderr } = await clamor(all, { cwd });
  if (stdout === '') throw new Error(stderr);
  return { exitCode, stderr, report: JSON.parse(stdout) as CompareReport };
}
