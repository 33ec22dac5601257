// Started by read-samples.ts: imports a suite, parses the inputs on standard input, prints what members would read of each.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { readText } from '../../templates/encoder-head/src/read-text.ts';
import { findTerms } from '../../templates/terms/src/terms.ts';
import type { ReadSample } from './read-samples.ts';

interface Parsed {
  readonly value?: unknown;
  readonly issues?: readonly { readonly message: string }[];
}

interface SuiteModule {
  readonly suite: { readonly schema: { readonly '~standard': { validate(input: unknown): Parsed | Promise<Parsed> } } };
}

const { suite } = (await import(pathToFileURL(process.argv[2] ?? '').href)) as SuiteModule;
const read: ReadSample[] = [];
for (const input of JSON.parse(readFileSync(0, 'utf8')) as unknown[]) {
  const parsed = await suite.schema['~standard'].validate(input);
  if (parsed.issues !== undefined) throw new TypeError(parsed.issues.map(({ message }) => message).join('; '));
  read.push({ terms: findTerms(parsed.value).size, text: readText(parsed.value) });
}
process.stdout.write(JSON.stringify(read));
