import { withEntries } from '../build/tsup-preset.ts';
import { readModels } from './src/read-models.ts';

// A published package cannot look into the workspace: what there is of the spam suite is written into it.
const models = JSON.stringify(readModels(new URL('../..', import.meta.url)));

export default { ...withEntries('src/run.ts'), define: { PUBLISHED_MODELS: models } };
