import { readFileSync } from 'node:fs';

/** Version of this package; the file is one level up from src/ and from dist/. */
export const VERSION: string = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
).version;
