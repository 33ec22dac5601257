import { type DiscoveredPackage, inspectSuite, type SuiteEncoder } from '@clamor/runtime';

import { textTable } from './text-table.ts';

/** An encoder of a suite, as `clamor list` shows it. */
export interface ListedEncoder extends Omit<SuiteEncoder, 'copies'> {
  readonly suite: string;
}

/** The encoders that members of suites read. Of a suite that cannot be looked into there are none: its faults say why. */
export async function listEncoders(suites: readonly DiscoveredPackage[], from: string): Promise<ListedEncoder[]> {
  const found: ListedEncoder[] = [];
  for (const { marker } of suites) {
    const { suite } = marker;
    if (suite === undefined) continue;
    const encoders = await inspectSuite({ from, suite }).then(
      (inspection) => inspection.encoders,
      () => [],
    );
    found.push(...encoders.map(({ copies: _copies, ...encoder }) => ({ ...encoder, suite })));
  }
  return found;
}

/** One line per encoder: what it is, and who reads it. */
export function encoderTable(encoders: readonly ListedEncoder[]): string {
  const header = ['encoder', 'version', 'hash', 'suite', 'members on it'];
  const rows = encoders.map((encoder) => [
    encoder.package,
    encoder.version,
    encoder.hash.slice(0, 16),
    encoder.suite,
    readers(encoder),
  ]);
  return textTable([header, ...rows]);
}

/** Members by name, with the version where several of one are installed. */
export function readers({ members }: Pick<SuiteEncoder, 'members'>): string {
  const names = members.map(({ member }) => member);
  return members
    .map(({ member, version }) =>
      names.filter((name) => name === member).length > 1 ? `${member} ${version}` : member,
    )
    .join(', ');
}
