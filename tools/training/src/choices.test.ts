import { spamSplits } from '@clamor/spam-evaluation';
import { idSetRecord } from '@clamor/store';
import { describe, expect, it } from 'vitest';

import { applyChoices, chosenRecipe, readChoices } from './choices.ts';
import { pickAlternative, RULE } from './choose-growth.ts';
import { LEAF } from './workspace.ts';

const emphasis = { 'hard-ham-1': 10 };
const recipe = { model: 'logistic', seed: 7, emphasis } as const;

describe('chosenRecipe', () => {
  it('leaves out what the choice leaves out, and nothing else', () => {
    expect(chosenRecipe(recipe, ['emphasis', 'denseScale'])).toEqual({ model: 'logistic', seed: 7 });
    expect(chosenRecipe(recipe)).toEqual(recipe);
  });
});

describe('applyChoices', () => {
  it('orders members as chosen, a new one last, and takes its recipe as it is written', () => {
    const members = ['new', 'a', 'b'].map((name) => ({ name, recipe }));
    const chosen = { spendShare: 1 / 2, order: ['b', 'a'], without: { a: ['emphasis'] } } as const;
    expect(applyChoices(members, chosen).map(({ name, recipe: own }) => [name, own.emphasis])).toEqual([
      ['b', emphasis],
      ['a', undefined],
      ['new', emphasis],
    ]);
  });
});

describe('choices.json of the spam suite', () => {
  it('was read from train and valid, and holds what the rule picks of its alternatives', async () => {
    const { rule, readFrom, chosen, alternatives } = await readChoices(`${LEAF}/data`);
    expect(rule).toBe(RULE);
    const { dataset: _, datasetHash: __, ...ids } = readFrom;
    expect(ids).toEqual(idSetRecord(spamSplits.filter(({ name }) => name === 'train' || name === 'valid')));
    const picked = pickAlternative(alternatives);
    expect([chosen.spendShare, chosen.order]).toEqual([picked.spendShare, picked.order]);
    expect(picked.emphasised.some((name) => chosen.without[name]?.includes('emphasis'))).toBe(false);
  });
});
