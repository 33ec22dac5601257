import type { ScoreRequest } from './engine.ts';
import type { ScoreTask } from './worker-protocol.ts';
import type { ScoreOrder, Workplace } from './workplace.ts';

/** Members that are asked together, on some examples of a batch. */
export interface Work {
  readonly place: Workplace;
  readonly members: readonly number[];
  readonly places: readonly number[];
  readonly urgent: boolean;
  readonly careful: boolean;
  /** Whether a member is asked again on a part of the examples, because it cost a worker on all of them. */
  readonly isHalf: boolean;
  /** Workers that were lost before they began with it. */
  readonly misses: number;
}

/** Of the batch's time. One example that is never parsed must leave time for the others. */
export const PARSE_SHARE = 0.25;
// Likewise. A worker that does not begin is caught in something that a member left behind.
const BEGIN_SHARE = 0.15;

/** What an order has that its request does not know. */
export interface OrderParts {
  readonly endsAt: number;
  readonly parseDeadlineMs: number;
  readonly isSuspect: (member: number) => boolean;
}

/** Work as a workplace is asked for it; in a batch job a part of the examples has its share of the time. */
export function toOrder(
  { members, places, careful, urgent }: Work,
  request: ScoreRequest,
  { endsAt, parseDeadlineMs, isSuspect }: OrderParts,
): ScoreTask & Pick<ScoreOrder, 'parseDeadlineMs' | 'beginMs' | 'urgent'> {
  const { examples, deadlineMs, memberDeadlineMs, encoderDeadlineMs } = request;
  const isAll = places.length === examples.length;
  const share = request.isBatchJob === true ? places.length / examples.length : 1;
  return {
    members: members.map((member) => ({
      member,
      deadlineMs: memberDeadlineMs(member) * share,
      isSuspect: isSuspect(member),
    })),
    examples: isAll ? examples : places.map((place) => examples[place] as (typeof examples)[number]),
    encoderDeadlineMs: encoderDeadlineMs * share,
    endsAt,
    careful,
    parseDeadlineMs: Math.min(parseDeadlineMs, PARSE_SHARE * deadlineMs),
    beginMs: BEGIN_SHARE * deadlineMs,
    urgent,
  };
}
