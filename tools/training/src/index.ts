export { applyChoices, chosenRecipe, readChoices } from './choices.ts';
export { greedyOrder } from './choose-growth.ts';
export { foldOf } from './folds.ts';
export { chooseAlone, growSuite, joinSuite, suiteBudget } from './grow-suite.ts';
export { writeMatrix } from './matrix.ts';
export { readFloat32Npy } from './npy.ts';
export { findSplit, LEAF, PYTHON, readExamples, readJoint, readMembers, readPolicy, ROOT } from './workspace.ts';

export type { Choices, Chosen } from './choices.ts';
export type { FitExample } from './fit.ts';
export type { Growth, GrowOptions, GrowthStep, JoinOptions } from './grow-suite.ts';
export type { MatrixInput } from './matrix.ts';
export type { Recipe } from './recipe.ts';
export type { WorkspaceMember } from './workspace.ts';
