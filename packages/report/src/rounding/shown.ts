import type { Interval } from '@clamor/evaluation';

/** A result of which any number may be withheld, that is `null`. Exact results are of this type, too. */
export type Shown<Result> = Result extends number
  ? number | null
  : Result extends string | boolean | null | undefined | Interval
    ? Result
    : { readonly [Key in keyof Result]: Shown<Result[Key]> };
