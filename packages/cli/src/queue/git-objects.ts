import { type GitOutputOptions, gitOutput } from './git-output.ts';

/** Type, id and size of an object. */
export interface ObjectInfo {
  readonly id: string;
  readonly type: string;
  readonly sizeBytes: number;
}

/**
 * Looks objects up by name: `main:models/spam/words/package.json`. One git process for all.
 *
 * @returns What is there, by name; a name of nothing is not in it.
 * @throws {CliError} `CLI_QUEUE_GIT_FAILED`
 */
export async function objectInfos(
  names: readonly string[],
  options: Pick<GitOutputOptions, 'cwd'>,
): Promise<ReadonlyMap<string, ObjectInfo>> {
  const asked = [...new Set(names)].filter((name) => !/[\0\n]/.test(name));
  if (asked.length === 0) return new Map();
  const { stdout } = await gitOutput(['cat-file', '--batch-check'], { ...options, input: `${asked.join('\n')}\n` });
  const lines = stdout.toString('utf8').split('\n');
  return new Map(
    asked.flatMap((name, i) => {
      const found = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(lines[i] ?? '');
      if (found === null) return [];
      return [[name, { id: found[1]!, type: found[2]!, sizeBytes: Number(found[3]) }] as const];
    }),
  );
}

/** Objects of more are not read. */
const LARGEST_BYTES = 256 * 2 ** 20;
/** Objects that one git process is asked for, together. */
const TOGETHER_BYTES = 128 * 2 ** 20;

/**
 * Reads files by name: `main:models/spam/words/package.json`. Each object is read once, however many names it has.
 *
 * @param use - What is kept of a file, so that large ones are not: a hash, for example.
 * @returns By name; what is not there, no file, or larger than 256 MB is not in it.
 * @throws {CliError} `CLI_QUEUE_GIT_FAILED`
 */
export async function readObjects<Kept>(
  names: readonly string[],
  use: (bytes: Buffer) => Kept,
  options: Pick<GitOutputOptions, 'cwd'>,
): Promise<ReadonlyMap<string, Kept>> {
  const infos = await objectInfos(names, options);
  const wanted = new Map<string, number>();
  for (const { id, type, sizeBytes } of infos.values())
    if (type === 'blob' && sizeBytes <= LARGEST_BYTES) wanted.set(id, sizeBytes);
  const kept = new Map<string, Kept>();
  for (const ids of inGroups(wanted)) {
    const { stdout } = await gitOutput(['cat-file', '--batch'], { ...options, input: `${ids.join('\n')}\n` });
    for (const [id, bytes] of batchObjects(stdout)) kept.set(id, use(bytes));
  }
  return new Map([...infos].flatMap(([name, { id }]) => (kept.has(id) ? [[name, kept.get(id)!] as const] : [])));
}

function inGroups(sizes: ReadonlyMap<string, number>): string[][] {
  const groups: string[][] = [];
  let bytes = Infinity;
  for (const [id, size] of sizes) {
    if (bytes + size > TOGETHER_BYTES) {
      groups.push([]);
      bytes = 0;
    }
    groups.at(-1)!.push(id);
    bytes += size;
  }
  return groups;
}

/** `<id> <type> <size>`, line feed, the bytes, line feed; and again. */
function* batchObjects(output: Buffer): Generator<readonly [id: string, bytes: Buffer]> {
  for (let place = 0; place < output.length;) {
    const end = output.indexOf(0x0a, place);
    const [id = '', , size] = output.subarray(place, end).toString('utf8').split(' ');
    if (size === undefined) {
      place = end + 1; // `<id> missing`: somebody has removed it since.
      continue;
    }
    yield [id, output.subarray(end + 1, end + 1 + Number(size))];
    place = end + 2 + Number(size);
  }
}
