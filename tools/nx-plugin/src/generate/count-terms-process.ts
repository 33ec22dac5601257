// Started by count-terms.ts: imports a suite, parses the inputs on standard input, prints how many terms each has.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { findTerms } from '../../templates/shared/src/terms.ts';

interface Parsed {
  readonly value?: unknown;
  readonly issues?: readonly { readonly message: string }[];
}

interface SuiteModule {
  readonly suite: { readonly schema: { readonly '~standard': { validate(input: unknown): Parsed | Promise<Parsed> } } };
}

const { suite } = (await import(pathToFileURL(process.argv[2] ?? '').href)) as SuiteModule;
const counts: number[] = [];
for (const input of JSON.parse(readFileSync(0, 'utf8')) as unknown[]) {
  const parsed = await suite.schema['~standard'].validate(input);
  if (parsed.issues !== undefined) throw new TypeError(parsed.issues.map(({ message }) => message).join('; '));
  counts.push(findTerms(parsed.value).size);
}
process.stdout.write(JSON.stringify(counts));
