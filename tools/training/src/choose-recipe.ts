// Chooses text and recipe of a member on an encoder, by rule: npm run choose-recipe -w @clamor/training -- MEMBER
// Tries what its training/alternatives.ts lists and writes training/choices.json. Reads out-of-fold scores and labels of
// train and valid, and of no other split. The author takes over what is chosen; a test compares.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { OnnxClassifier } from '@clamor/contract';
import { evaluation } from '@clamor/spam-evaluation';
import { idSetRecord } from '@clamor/store';

import { openEncodings } from './encodings.ts';
import { fitAll } from './fit.ts';
import { RELEASE } from './fit-plan.ts';
import { chooseAlone } from './grow-suite.ts';
import { writeJson } from './json-file.ts';
import type { Recipe } from './recipe.ts';
import { pickRecipe, RECIPE_RULE, type RecipeAlternative } from './recipe-choice.ts';
import { ENCODINGS, findSplit, PYTHON, readExamples, readMembers, readPolicy, WORK } from './workspace.ts';

interface Alternatives {
  readonly texts: { readonly [name: string]: (example: unknown) => string | null };
  readonly recipes: { readonly [name: string]: Recipe };
}

const member = (await readMembers()).find(({ name }) => name === process.argv[2]);
if (member === undefined) throw new Error(`There is no member "${process.argv[2]}".`);
const policy = await readPolicy();
const examples = [...(await readExamples(RELEASE.thresholds)).values()];
const labels = examples.map(({ label }) => label);
const file = join(member.found.dir, 'training/alternatives.ts');
const { texts, recipes } = (await import(pathToFileURL(file).href)) as Alternatives;
const { encode, close } = openEncodings(ENCODINGS, evaluation);

const alternatives: Omit<RecipeAlternative, 'as'>[] = [];
for (const [text, read] of Object.entries(texts)) {
  const classifier = withText(member.classifier, read);
  const named = Object.entries(recipes).map(([name, recipe], i) => ({ name: `${i}`, about: name, recipe }));
  const columns = await fitAll({
    folder: join(WORK, 'choose-recipe', member.name, text.replaceAll(' ', '-')),
    python: PYTHON,
    examples,
    fitted: new Set(RELEASE.weights.flatMap((split) => findSplit(split).ids)),
    members: named.map(({ name, recipe }) => ({ name, classifier, recipe, isKind: member.isKind })),
    encode,
    joint: null,
    stack: null,
  });
  for (const { name, about } of named) {
    const { truePositives, falsePositives } = chooseAlone(labels, columns.get(name)!, policy);
    const recall = truePositives / labels.filter((label) => label === 1).length;
    alternatives.push({ text, recipe: about, truePositives, falsePositives, recall });
  }
}
await close();
const picked = pickRecipe(alternatives);
const chosen: RecipeAlternative = { ...picked, as: recipes[picked.recipe]! };
console.log(RECIPE_RULE);
console.table(alternatives);
console.log('chosen:', chosen.text, '·', chosen.recipe, JSON.stringify(chosen.as));
await writeJson(join(member.found.dir, 'training/choices.json'), {
  generatedBy: `npm run choose-recipe -w @clamor/training -- ${member.name}; do not edit`,
  rule: RECIPE_RULE,
  readFrom: {
    ...idSetRecord(RELEASE.thresholds.map(findSplit)),
    dataset: evaluation.dataset,
    datasetHash: evaluation.datasetHash ?? '',
  },
  chosen,
  alternatives,
});

function withText(classifier: OnnxClassifier<unknown>, text: (example: unknown) => string | null) {
  const inputs = Object.entries(classifier.inputs).map(([name, spec]) => {
    if (spec.kind !== 'encoded') throw new Error(`Input "${name}" of ${member?.name} is no encoder's output.`);
    return [name, { ...spec, text }] as const;
  });
  return { ...classifier, inputs: Object.fromEntries(inputs) };
}
