import type { MemberRecord } from '@clamor/contract';
import semver from 'semver';
import type { DiscoveredPackage } from './discover.ts';
import type { Fault } from './fault.ts';
import { installedFolder } from './installed-packages.ts';
import type { CheckedEncoder, EncoderProblem, EncoderReader } from './read-encoder.ts';

/** The encoder of a member, `null` for a member without one; or what is wrong with it, as faults of the member. */
export type EncoderCheck = { readonly encoder: CheckedEncoder | null } | { readonly faults: readonly Fault[] };

/**
 * Finds and checks the encoder of a member from JSON and bytes alone: where Node would find it from the member's folder, so that two
 * members may have two versions of it side by side.
 *
 * What is wrong with an encoder is a fault of every member on it: it is the member that cannot judge.
 */
export async function checkEncoder(
  member: DiscoveredPackage,
  record: MemberRecord,
  readEncoder: EncoderReader,
): Promise<EncoderCheck> {
  const { encoder: name } = record;
  const fault = (problem: EncoderProblem): Fault => {
    const { package: of, version } = member;
    return { package: of, version, ...problem, found: `of its encoder ${name}: ${problem.found}` };
  };
  const widths = encodedWidths(record);
  if (name === null) return widths.length === 0 ? { encoder: null } : { faults: [fault(UNNAMED)] };
  const folder = installedFolder(member.dir, name);
  if (folder === null) {
    const found = `nothing under that name where Node looks from ${member.dir}`;
    return {
      faults: [fault({ code: 'ENCODER_MISSING', found, wanted: 'an installed package', todo: 'Run npm install.' })],
    };
  }
  const reading = await readEncoder(folder);
  const version = 'encoder' in reading ? reading.encoder.version : reading.version;
  const problems = [
    ...('problems' in reading ? reading.problems : widthProblems(widths, reading.encoder)),
    ...(version === null ? [] : rangeProblems(member, name, version)),
  ];
  if (problems.length > 0 || 'problems' in reading) return { faults: problems.map(fault) };
  return { encoder: reading.encoder };
}

const UNNAMED: EncoderProblem = {
  code: 'MEMBER_RECORD_INVALID',
  found: 'an encoded input beside the encoder null in the record',
  wanted: 'the name of the package that the input comes from',
  todo: 'Rebuild the member.',
};

function encodedWidths({ inputs }: MemberRecord): number[] {
  return [...new Set(Object.values(inputs).flatMap((input) => (input.kind === 'encoded' ? [input.width] : [])))];
}

function widthProblems(widths: readonly number[], { version, record }: CheckedEncoder): EncoderProblem[] {
  return widths
    .filter((width) => width !== record.width)
    .map((width) => ({
      code: 'ENCODER_WIDTH_MISMATCH',
      found: `rows of ${record.width} columns in version ${version}`,
      wanted: `rows of ${width}, as the record of the member has it`,
      todo: 'Install the version that the member was fitted on.',
    }));
}

function rangeProblems({ manifest }: DiscoveredPackage, name: string, version: string): EncoderProblem[] {
  const { dependencies, optionalDependencies, peerDependencies } = manifest;
  const range = { ...peerDependencies, ...optionalDependencies, ...dependencies }[name];
  // A tarball, a folder, a tag is no range: npm has seen to it.
  const isIn =
    range !== undefined &&
    (semver.validRange(range) === null || semver.satisfies(version, range, { includePrerelease: true }));
  if (isIn) return [];
  const todo = 'Install again, or take a version of the member for this encoder.';
  if (range !== undefined) {
    const wanted = `a version in the range ${range} of the member`;
    return [{ code: 'ENCODER_RANGE', found: `version ${version}`, wanted, todo }];
  }
  const found = "no dependency on it in the member's package.json";
  return [{ code: 'ENCODER_RANGE', found, wanted: 'one, with a range of versions', todo }];
}
