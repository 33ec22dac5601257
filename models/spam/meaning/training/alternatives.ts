import type { Mail } from '@clamor/spam';
import { readText } from '../src/features.ts';

type Text = (mail: Pick<Mail, 'subject' | 'text'>) => string;

/** Which text the encoder may be given; `npm run choose-recipe -w @clamor/training -- meaning` tries all with all recipes. */
export const texts: { readonly [name: string]: Text } = {
  'subject and text': readText,
  'subject and 400 characters': ({ subject, text }) => `${subject}\n${text.slice(0, 400)}`,
};

const emphases = { '': {}, ', emphasis': { emphasis: { 'hard-ham-1': 10 } } };

/** Which head may read the embedding: from simple to complex, the simpler one is taken when two do alike. */
export const recipes: { readonly [name: string]: object } = Object.fromEntries([
  ...[0.003, 0.01, 0.03, 0.1].flatMap((C) =>
    Object.entries(emphases).map(([also, emphasis]) => [
      `logistic, C ${C}${also}`,
      { model: 'logistic', C, seed: 7, ...emphasis },
    ]),
  ),
  ...[10].flatMap((alpha) =>
    Object.entries(emphases).map(([also, emphasis]) => [
      `two layers of 16, alpha ${alpha}${also}`,
      { model: 'two-layer', hidden: 16, alpha, seed: 7, ...emphasis },
    ]),
  ),
]);
