// The ONNX graph of a logistic regression over a bag of terms.
import { FLOAT, INT64, attribute, node, tensor, valueInfo, writeOnnx } from './onnx-file.ts';

/** What the graph holds. */
export interface BagModel {
  /** Shape [buckets]: the weight of each hashed term. */
  readonly table: Float32Array;
  readonly bias: number;
}

/**
 * The graph as bytes of an ONNX file: score = Σ table[term] ÷ √(number of terms) + bias, the bias alone without a term.
 *
 * Inputs are those of a bag named `terms` that is not weighted; the output is `score`, float32 [n].
 */
export function writeGraph({ table, bias }: BagModel): Uint8Array {
  const nodes = [
    node('Gather', ['table', 'terms_ids'], 'weights'),
    node('ConstantOfShape', ['terms_count'], 'zeros', [attribute('value', constant(0))]),
    node('ScatterElements', ['zeros', 'terms_rows', 'weights'], 'sums', add()),
    node('Shape', ['terms_ids'], 'length'),
    node('ConstantOfShape', ['length'], 'ones', [attribute('value', constant(1))]),
    node('ScatterElements', ['zeros', 'terms_rows', 'ones'], 'counts', add()),
    node('Max', ['counts', 'one'], 'divisors'),
    node('Sqrt', ['divisors'], 'lengths'),
    node('Div', ['sums', 'lengths'], 'means'),
    node('Add', ['means', 'bias'], 'score'),
  ];
  return writeOnnx({
    name: 'bag',
    nodes,
    initializers: [tensor('table', table), tensor('bias', Float32Array.of(bias)), tensor('one', Float32Array.of(1))],
    inputs: [
      valueInfo('terms_ids', INT64, ['t']),
      valueInfo('terms_rows', INT64, ['t']),
      valueInfo('terms_count', INT64, [1]),
    ],
    outputs: [valueInfo('score', FLOAT, ['n'])],
  });
}

function add(): Uint8Array[] {
  return [attribute('axis', 0), attribute('reduction', 'add')];
}

function constant(value: number): Uint8Array {
  return tensor('', Float32Array.of(value));
}
