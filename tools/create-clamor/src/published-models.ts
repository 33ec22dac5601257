import { type Models, readModels } from './read-models.ts';

// Written in by the build; sources look for themselves.
declare const PUBLISHED_MODELS: Models | undefined;

/** The spam suite with the members that it had when this package was released. */
export function publishedModels(): Models {
  if (typeof PUBLISHED_MODELS !== 'undefined') return PUBLISHED_MODELS;
  return readModels(new URL('../../..', import.meta.url));
}
