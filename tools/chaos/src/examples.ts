import type { ExampleInput } from '@clamor/runtime';

/** Names of the sound members, as verdicts give them. */
export const SOUND: readonly string[] = ['cash', 'links', 'long', 'pills', 'shouts'];

/** The text on which `throws-rarely` throws. */
export const POISON = 'a drop of poison';

/** Texts on which every sound member is positive, negative and, where it may, abstains. */
export const TEXTS: readonly string[] = [
  'cash now',
  'hello there',
  'pills for sale',
  POISON,
  'BUY MORE TODAY',
  'see http://a.example and http://b.example',
  'look at http://a.example',
  'cash and pills and LOUD WORDS',
  'one two three four five six seven eight nine ten eleven twelve',
  'lunch on friday?',
  'ok',
  'BUY pills at http://a.example or http://b.example with cash',
];

/** The same as examples. */
export const EXAMPLES: readonly ExampleInput[] = TEXTS.map((input, i) => ({ key: `text-${i}`, input }));
