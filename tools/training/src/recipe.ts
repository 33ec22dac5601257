import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** `training/recipe.json` of a member: what the fit reads. */
export interface Recipe {
  readonly model: 'logistic' | 'two-layer' | 'extra-trees';
  /** Rows of the table of a bag input. */
  readonly buckets?: number;
  /** `idf` weighs rare columns up. */
  readonly scaling?: 'idf';
  /** Spread that the columns of a dense input are given; default 1. */
  readonly denseScale?: number;
  /** Inverse strength of the L2 penalty of a logistic regression. */
  readonly C?: number;
  /** Units of the hidden layer of `two-layer`, and the strength of its L2 penalty. */
  readonly hidden?: number;
  readonly alpha?: number;
  readonly trees?: number;
  readonly minSamplesLeaf?: number;
  /** The member abstains on examples that the fit may not have: its record says so whatever the fit has seen. */
  readonly abstains?: boolean;
  readonly seed: number;
  /** Source (folder of the corpus) → how often each of its examples counts in the fit. */
  readonly emphasis?: { readonly [source: string]: number };
}

/** Parts of a recipe that the choice of `npm run choose` may leave out; what it leaves out stands in `choices.json`. */
export const OPTIONAL_PARTS = ['emphasis', 'denseScale'] as const satisfies readonly (keyof Recipe)[];

/** A name of {@link OPTIONAL_PARTS}. */
export type OptionalPart = (typeof OPTIONAL_PARTS)[number];

/** Picks the examples that a specialist learns from among the positive labels: `isKind` of its `training/kind.ts`. */
export type KindRule = (example: unknown) => boolean;

/** Reads the recipe of the package in a folder. */
export async function readRecipe(dir: string): Promise<Recipe> {
  return JSON.parse(await readFile(join(dir, 'training/recipe.json'), 'utf8')) as Recipe;
}

/** The rule of a specialist, or `null` for a member that learns from every positive label. */
export async function readKindRule(dir: string): Promise<KindRule | null> {
  const file = join(dir, 'training/kind.ts');
  try {
    await readFile(file);
  } catch {
    return null;
  }
  return ((await import(pathToFileURL(file).href)) as { isKind: KindRule }).isKind;
}
