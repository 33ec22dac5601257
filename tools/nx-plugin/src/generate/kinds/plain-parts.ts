import type { MemberParts, PartsContext } from './member-parts.ts';

/** A member in plain code: its score is the number of distinct terms. */
export function plainParts({ read }: PartsContext): MemberParts {
  return {
    templates: ['terms', 'plain'],
    values: {
      untrained: 'a placeholder without a rule',
      trained: 'given one',
      classifierType: 'a `PlainClassifier`',
      flags: 'Nothing yet: examples with many distinct terms, whatever they say.',
      how: 'Plain code: the number of distinct terms of all fields.',
    },
    scores: read.map(({ terms }) => terms),
    artifact: null,
    inputs: {},
  };
}
