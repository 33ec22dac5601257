import { withEntries } from '../build/tsup-preset.ts';

export default withEntries('src/generators/member/generator.ts', 'src/generate/count-terms-process.ts');
