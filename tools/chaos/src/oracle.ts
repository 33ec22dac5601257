import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ABSTAINED, type PlainClassifier, SCORED, type Suite } from '@clamor/contract';

/** What a member says when nothing goes wrong. */
export interface Answer {
  readonly judgement: 'positive' | 'negative' | 'abstained';
  /** Float32; `null` when it abstains. */
  readonly score: number | null;
}

/** A version of a sound member. */
export interface SoundVersion {
  readonly member: string;
  readonly version: string;
  /** By text. */
  readonly answers: ReadonlyMap<string, Answer>;
}

/**
 * What sound members answer to texts, found without the runtime: each is imported and asked one text at a time.
 *
 * @param host - The host's folder.
 * @param packages - Names that the host declares them under.
 */
export async function askSound(
  host: string,
  packages: readonly string[],
  texts: readonly string[],
): Promise<SoundVersion[]> {
  const { suite } = (await importFrom(host, 'texts')) as { suite: Suite };
  const parsed: [string, unknown][] = [];
  for (const text of texts) {
    const result = await suite.schema['~standard'].validate(text);
    if (result.issues === undefined) parsed.push([text, result.value]);
  }
  return Promise.all(packages.map((name) => askMember(host, name, parsed)));
}

async function askMember(
  host: string,
  packageName: string,
  examples: readonly (readonly [text: string, example: unknown])[],
): Promise<SoundVersion> {
  const dir = join(host, 'node_modules', packageName);
  const { name, version } = readJson(join(dir, 'package.json')) as { name: string; version: string };
  const { threshold } = readJson(join(dir, 'assets/record.json')) as { threshold: number };
  const { classifier } = (await importFrom(host, packageName)) as { classifier: PlainClassifier<unknown> };
  const loaded = await classifier.load();
  const context = { signal: new AbortController().signal, deadline: Infinity };
  const columns = await Promise.all(examples.map(async ([, example]) => loaded.score([example], context)));
  const answers = new Map(
    columns.map(({ scores: [score = Number.NaN], status: [status] }, i): [string, Answer] => {
      const text = examples[i]?.[0] ?? '';
      if (status === ABSTAINED) return [text, { judgement: 'abstained', score: null }];
      if (status === SCORED) return [text, { judgement: score >= threshold ? 'positive' : 'negative', score }];
      throw new Error(`${packageName} is no sound member: it fails on "${text}".`);
    }),
  );
  return { member: name.replace(/^texts-/, ''), version, answers };
}

function importFrom(host: string, packageName: string): Promise<unknown> {
  return import(pathToFileURL(join(host, 'node_modules', packageName, 'index.js')).href);
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
