import type { Files } from './host.ts';
import { evaluation, member, suite } from './host.ts';

/**
 * Texts of the splits `held` (gate) and `open` (explore): per text its label and how often it occurs.
 *
 * buy finds 534 and 8 false ones, win 12 of its own; bad 6 true and 9 false, few 3 true, dup only what buy finds as well.
 */
const TEXTS = [
  ['buy', 1, 520],
  ['buy dup', 1, 14],
  ['buy now', 0, 8],
  ['win', 1, 12],
  ['bad', 1, 6],
  ['bad', 0, 9],
  ['few', 1, 3],
  ['lunch', 0, 60],
  ['missed', 1, 5],
] as const;

/** How many examples each of the two splits has. */
export const EXAMPLES = TEXTS.reduce((sum, [, , count]) => sum + count, 0);

/** Ids of a split, in order. */
export function idsOf(split: 'held' | 'open'): string[] {
  return Array.from({ length: EXAMPLES }, (_, i) => `${split}${i}`);
}

/** The text of the example at a place, in both splits. */
export function textAt(place: number): string {
  return TEXTS.flatMap(([text, , count]) => Array.from({ length: count }, () => text))[place]!;
}

/** The evaluation with the two splits and a log of evidence in `log` beside it. */
export function gateEvaluation(): Files {
  const files = evaluation();
  return {
    ...files,
    'index.js': `
      const rows = ${JSON.stringify(TEXTS)}.flatMap(([text, label, count]) => Array.from({ length: count }, () => [text, label]));
      const split = (name, roles) => ({ name, roles, ids: rows.map((_, i) => name + i), description: name });
      const splits = [split('held', ['gate']), split('open', ['explore'])];
      export const evaluation = {
        suite: 'texts', dataset: 'texts@2', splits, evidenceLog: new URL('./log', import.meta.url).pathname,
        async *examples(name) {
          for (const [i, id] of splits.find((s) => s.name === name).ids.entries()) {
            yield { id, label: rows[i][1], input: rows[i][0], slices: { word: rows[i][0].split(' ')[0] } };
          }
        },
        describe: ({ input }) => ({ title: input }),
      };`,
  };
}

const EMPTY = { splits: [], count: 0, sha256: '0'.repeat(64) };

/** The evaluation with columns of buy and win stored for the split `open`, as an evaluation in git has them. */
export function withStoredColumns(files: Files): Files {
  const fit = { weights: EMPTY, threshold: EMPTY };
  const manifest = { kind: 'member', version: '0.1.0', threshold: 1, dataset: 'texts@2', datasetHash: null, fit };
  const index = (files['index.js'] as string).replace(
    'describe:',
    `columns: async (name) => name !== 'open' ? undefined : ({
      columns: ['buy', 'win'].map((word) => ({
        manifest: { ...${JSON.stringify(manifest)}, name: word, outOfFold: true },
        ids: splits[1].ids,
        column: scoreColumn(rows.map(([text]) => text.split(word).length - 1)),
      })),
    }),
    describe:`,
  );
  return { ...files, 'index.js': `import { scoreColumn } from '@clamor/contract';\n${index}` };
}

/** A suite of buy and the members of the names given. */
export function gatePackages(...names: string[]): { [name: string]: Files } {
  return {
    texts: suite(),
    'texts-buy': member('buy', 'buy'),
    'texts-evaluation': gateEvaluation(),
    ...Object.fromEntries(names.map((name) => [`texts-${name}`, member(name, name)])),
  };
}

/** A file of scores over a split: 1 on texts with the word, else 0. */
export function scoresOf(word: string, split: 'held' | 'open' = 'held'): string {
  const rows = idsOf(split).map((id, i) => `${id},${textAt(i).includes(word) ? 1 : 0}`);
  return `key,score\n${rows.join('\n')}\n`;
}
