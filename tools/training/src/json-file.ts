import { readFile, writeFile } from 'node:fs/promises';

/** Reads a JSON file. */
export async function readJson<Value>(file: string): Promise<Value> {
  return JSON.parse(await readFile(file, 'utf8')) as Value;
}

/** Writes a JSON file as this repository keeps them. */
export async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
}
