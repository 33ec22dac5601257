import { defineConfig, type OxlintOverride } from 'oxlint';
import { ALLOWED } from './tools/nx-plugin/src/layers.ts';

// The boundaries for editors, from the same table that the check over the project graph reads.

type Pattern = ({ readonly regex: string } | { readonly group: readonly string[] }) & { readonly message: string };

const ALWAYS: readonly Pattern[] = [
  { regex: '^@clamor/[^/]+/(src|dist|test)/', message: 'Import a package by its name, not by its files.' },
  {
    regex: '^(\\.\\./)+(packages|models|tools)/|^(\\.\\./){2,}[^/.]+/(src|dist|assets|training)/',
    message: 'Import another package by its name; a relative path goes around the boundaries.',
  },
];

function restrict(patterns: readonly Pattern[]): NonNullable<OxlintOverride['rules']> {
  return { 'no-restricted-imports': ['error', { patterns: [...ALWAYS, ...patterns] }] };
}

const TESTS = ['**/*.test.ts', '**/test/**', '**/bench/**'];

// A shared package names those that it may import; tests of every layer may use its own package by name.
const shared: OxlintOverride[] = Object.entries(ALLOWED)
  .filter(([layer]) => !['suite', 'encoder', 'member', 'bundle', 'leaf', 'build', 'tool', 'host'].includes(layer))
  .map(([layer, allowed]) => ({
    files: [`packages/${layer}/**/*.ts`],
    rules: restrict([
      {
        group: ['@clamor/*', ...[layer, ...allowed].map((name) => `!@clamor/${name}`)],
        message: `${layer} may import ${allowed.join(', ') || 'no other package'}.`,
      },
    ]),
  }));

// A suite's name is one word here and a member's is <suite>-<member>: a sibling has a hyphen, an encoder its prefix.
const forbidden = ['build', 'cli', 'evaluation', 'onnx', 'report', 'runtime', 'server', 'store', 'testkit'];
const model = restrict([
  {
    group: ['@clamor/*-*', '!@clamor/encoder-*', ...forbidden.map((name) => `@clamor/${name}`)],
    message: 'A suite or member imports the contract, its suite and encoders; in tests the testkit, too.',
  },
]);

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'import', 'vitest'],
  options: { typeAware: true, reportUnusedDisableDirectives: 'error' },
  categories: { correctness: 'error', suspicious: 'error' },
  rules: {
    'typescript/no-explicit-any': 'error',
    // import('x').Type names a module where no-restricted-imports does not look.
    'typescript/consistent-type-imports': 'error',
    // Parsed JSON and columns of known types are narrowed once, where they come in.
    'typescript/no-unsafe-type-assertion': 'off',
    // "then" is a keyword of JSON Schema.
    'unicorn/no-thenable': 'off',
    // Foreign data is not what its type says; String() and ?? are how it is met.
    'typescript/no-unnecessary-type-conversion': 'off',
    'typescript/no-unnecessary-type-arguments': 'off',
    // The compiler's noImplicitReturns says this with types.
    'typescript/consistent-return': 'off',
    // Mail is bytes, and code points are the unit of its text.
    'typescript/no-misused-spread': 'off',
    'vitest/no-conditional-tests': 'off',
    'vitest/valid-title': ['error', { allowArguments: true }],
    'vitest/valid-expect': ['error', { maxArgs: 2 }],
    'vitest/expect-expect': ['error', { assertFunctionNames: ['expect*', 'assert*', 'fc.assert'] }],
    'import/no-default-export': 'off',
    'import/no-named-as-default-member': 'off',
    'import/no-cycle': 'error',
    ...restrict([]),
  },
  overrides: [
    ...shared,
    { files: ['models/**/src/**/*.ts'], excludeFiles: ['models/*/evaluation/**', ...TESTS], rules: model },
    { files: ['**/tsup.config.ts', 'oxlint.config.ts'], rules: { 'no-restricted-imports': 'off' } },
  ],
  ignorePatterns: ['**/dist/**', '.nx', '**/.venv/**'],
});
