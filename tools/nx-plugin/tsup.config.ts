import { withEntries } from '../build/tsup-preset.ts';

export default withEntries(
  'src/command-line/run.ts',
  'src/generate/read-samples-process.ts',
  'src/generators/encoder/generator.ts',
  'src/generators/init/generator.ts',
  'src/generators/member/generator.ts',
  'src/generators/suite/generator.ts',
);
