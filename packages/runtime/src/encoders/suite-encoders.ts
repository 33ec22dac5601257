import type { CheckedMember } from '../discovery/check-member.ts';
import type { CheckedEncoder } from '../discovery/read-encoder.ts';

/** An encoder of a suite: one engine for all members on it, whatever packages and versions of it they brought. */
export interface SuiteEncoder {
  /** Full package name. */
  readonly package: string;
  /** Version of the copy that is loaded. */
  readonly version: string;
  /** What tells it from other encoders: SHA-256, 64 lower-case hex digits. */
  readonly hash: string;
  /** Columns of a row. */
  readonly width: number;
  /** Folder of the copy that is loaded. */
  readonly dir: string;
  /** Every installed copy with this hash, the loaded one first. */
  readonly copies: readonly { readonly package: string; readonly version: string; readonly dir: string }[];
  /** Those that read it, in the order of the suite, whatever their modes. */
  readonly members: readonly { readonly member: string; readonly version: string }[];
}

/** An encoder with what is needed to load it. */
export interface EncoderGroup extends SuiteEncoder {
  readonly checked: CheckedEncoder;
}

/**
 * The encoders of members, each once: those with the same hash are one.
 *
 * @param members - Fit to be imported.
 * @returns In the order in which members bring them.
 */
export function groupEncoders(members: readonly CheckedMember[]): EncoderGroup[] {
  const readers = members.flatMap((member) => (member.encoder === null ? [] : [{ member, encoder: member.encoder }]));
  return [...Map.groupBy(readers, ({ encoder }) => encoder.hash)].map(([hash, group]) => {
    const [first] = group as [(typeof group)[number]];
    const copies = new Map(group.map(({ encoder }) => [encoder.dir, encoder]));
    return {
      package: first.encoder.package,
      version: first.encoder.version,
      hash,
      width: first.encoder.record.width,
      dir: first.encoder.dir,
      copies: [...copies.values()].map(({ package: name, version, dir }) => ({ package: name, version, dir })),
      members: group.map(({ member }) => ({ member: member.name, version: member.version })),
      checked: first.encoder,
    };
  });
}

/** An encoder as it is shown. */
export function toSuiteEncoder({
  package: name,
  version,
  hash,
  width,
  dir,
  copies,
  members,
}: EncoderGroup): SuiteEncoder {
  return { package: name, version, hash, width, dir, copies, members };
}

/** The package and version of a member's encoder, as suite version and lock write it. */
export function encoderName({ package: name, version }: Pick<CheckedEncoder, 'package' | 'version'>): string {
  return `${name}@${version}`;
}
