import { join } from 'node:path';
import { writeLinearGraph } from '../../../templates/trained/training/linear-graph.ts';
import { NxError } from '../../errors.ts';
import type { MemberParts, PartsContext } from './member-parts.ts';

/** A graph over the row of an encoder that picks one of its numbers: the one that tells the samples apart best. */
export function headParts({ files, condition, read, encoder, encodeSamples }: PartsContext): MemberParts {
  if (encoder === null) throw new Error('INTERNAL: a head without an encoder.');
  const encoderPackage = encoder.manifest.name ?? '';
  const rows = encodeSamples({
    root: files.root,
    encoderPackage,
    encoderDir: join(files.root, encoder.dir),
    condition,
    texts: read.map(({ text }) => text),
  });
  const width = rows[0]?.length ?? 0;
  const picked = widest(rows, width);
  const weights = new Float64Array(width);
  weights[picked] = 1;
  return {
    templates: ['trained', 'encoder-head'],
    without: ['training/bag-graph.ts'],
    values: {
      untrained: 'untrained',
      trained: 'trained',
      classifierType: 'an `OnnxClassifier`',
      flags: `Nothing yet: examples whose row is high in column ${picked}, whatever that says.`,
      how: `The texts of all fields, of which \`${encoderPackage}\` gives a row of ${width} numbers; the graph picks number ${picked} of them until it is trained.`,
      encoderPackage,
    },
    scores: rows.map((row) => row[picked] ?? 0),
    artifact: writeLinearGraph({ weights, bias: 0 }),
    inputs: { text: { kind: 'encoded', width } },
  };
}

/**
 * The column with the widest gap between two samples, so that a threshold between them is safe from rounding.
 *
 * @throws {NxError} `GENERATE_SAMPLES_ALIKE` when there is none.
 */
function widest(rows: readonly (readonly number[])[], width: number): number {
  let [gap, picked] = [0, -1];
  for (let column = 0; column < width; column++) {
    const sorted = rows.map((row) => row[column] ?? 0).toSorted((a, b) => a - b);
    for (const [i, high] of sorted.entries()) {
      const found = high - (sorted[i - 1] ?? high);
      if (found > gap) [gap, picked] = [found, column];
    }
  }
  if (picked >= 0) return picked;
  throw new NxError(
    'GENERATE_SAMPLES_ALIKE',
    `The encoder gives all ${rows.length} samples the same row, so that no threshold lies between two of them.\nGive inputs that differ: --samples inputs.jsonl.`,
  );
}
