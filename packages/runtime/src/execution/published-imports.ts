import { registerHooks } from 'node:module';
import { hostConditions } from '../discovery/package-entry.ts';

let isAllowed = false;

/**
 * Lets code that runs by sources (`node --conditions=@acme/source`) import packages that were published and have none: their package.json
 * still names them under that condition. Only what was not found is looked for again, as anybody else would. Of this thread, once.
 */
export function allowPublishedImports(): void {
  if (isAllowed || hostConditions.length === 0) return;
  isAllowed = true;
  registerHooks({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
        const conditions = context.conditions.filter((condition) => !hostConditions.includes(condition));
        return next(specifier, { ...context, conditions });
      }
    },
  });
}
