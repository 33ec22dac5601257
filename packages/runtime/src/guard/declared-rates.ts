import type { MemberRecord, Policy } from '@clamor/contract';
import type { GuardMember } from './guard.ts';

/** What {@link declaredRates} needs to know of a member. */
export interface GuardedMember {
  readonly name: string;
  readonly version: string;
  /** `null` when it could not be read: then the member never judges and is not watched. */
  readonly record: Pick<MemberRecord, 'positiveRateBand'> | null;
}

/**
 * The rates that a guard holds members against.
 *
 * A record declares how often its member is positive, alone or not; it is never alone more often than that, so the upper end of
 * the band is the default. It is generous: the policy may declare the smaller rate of unique positives by member name. A
 * rate above the band is cut to it. A name that is not installed is ignored.
 *
 * @example
 * const record = { positiveRateBand: [0.02, 0.17] };
 * declaredRates([{ name: 'urls', version: '1.0.0', record }], { action: 'alert', rates: { urls: 0.01 } })
 * // [{ name: 'urls', version: '1.0.0', rate: 0.01, ownRate: 0.17 }]
 */
export function declaredRates(members: readonly GuardedMember[], guard: Policy['guard']): GuardMember[] {
  return members.flatMap(({ name, version, record }) => {
    if (record === null) return [];
    const [, ownRate] = record.positiveRateBand;
    return [{ name, version, rate: Math.min(guard?.rates?.[name] ?? ownRate, ownRate), ownRate }];
  });
}
