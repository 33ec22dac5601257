import { withEntries } from '../../tools/build/tsup-preset.ts';

export default withEntries(
  'src/execution/worker.ts',
  'src/execution/member-process.ts',
  'src/encoders/encode-process.ts',
  'src/cost/measure-process.ts',
);
