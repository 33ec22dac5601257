import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { describe, expect, it } from 'vitest';

import { readJson } from './json-file.ts';
import { pickRecipe, RECIPE_RULE, type RecipeChoices } from './recipe-choice.ts';
import { readRecipe } from './recipe.ts';
import { ROOT } from './workspace.ts';

const one = (text: string, truePositives: number, falsePositives: number) => ({
  text,
  recipe: 'logistic',
  truePositives,
  falsePositives,
  recall: truePositives / 100,
});

describe('pickRecipe', () => {
  it('takes the highest recall, then the fewest false positives, then the first', () => {
    expect(pickRecipe([one('a', 80, 0), one('b', 81, 1), one('c', 79, 0)]).text).toBe('b');
    expect(pickRecipe([one('a', 80, 1), one('b', 80, 0), one('c', 80, 0)]).text).toBe('b');
  });
});

describe('training/choices.json of members', () => {
  it('holds what the rule picks of its alternatives, and the member is made so', async () => {
    const spam = join(ROOT, 'models/spam');
    let found = 0;
    for (const name of await readdir(spam)) {
      const training = join(spam, name, 'training');
      const choices = await readJson<RecipeChoices>(join(training, 'choices.json')).catch(() => null);
      if (choices === null) continue;
      found++;
      const { as, ...chosen } = choices.chosen;
      expect(choices.rule).toBe(RECIPE_RULE);
      expect(pickRecipe(choices.alternatives)).toEqual(chosen);
      expect(await readRecipe(join(spam, name))).toEqual(as);
      const { texts } = (await import(pathToFileURL(join(training, 'alternatives.ts')).href)) as Texts;
      const { classifier } = (await import(pathToFileURL(join(spam, name, 'src/index.ts')).href)) as Member;
      const [input] = Object.values(classifier.inputs);
      for (const line of (await readFile(join(spam, name, 'assets/samples.jsonl'), 'utf8')).trim().split('\n')) {
        const mail = { subject: 'Re: hello', text: (JSON.parse(line) as { readonly input: string }).input };
        expect(input?.text(mail)).toBe(texts[chosen.text]?.(mail));
      }
    }
    expect(found).toBe(1);
  });
});

type ReadText = (example: unknown) => string | null;

interface Texts {
  readonly texts: { readonly [name: string]: ReadText };
}

interface Member {
  readonly classifier: { readonly inputs: { readonly [name: string]: { readonly text: ReadText } } };
}
