// The ONNX graph of a logistic regression over one row of numbers.
import { DOUBLE, FLOAT, attribute, node, tensor, valueInfo, writeOnnx } from './onnx-file.ts';

/** What the graph holds. */
export interface LinearModel {
  /** Shape [width]. */
  readonly weights: Float64Array;
  readonly bias: number;
}

/**
 * The graph as bytes of an ONNX file: score = Σ weight · row + bias.
 *
 * Products and sum are apart, for a product of matrices may add in another order in another batch; and in float64, so that no order
 * matters to a float32. The input is `text`, float32 [n, width]; the output is `score`, float32 [n].
 */
export function writeLinearGraph({ weights, bias }: LinearModel): Uint8Array {
  const nodes = [
    node('Cast', ['text'], 'row', [attribute('to', DOUBLE)]),
    node('Mul', ['row', 'weights'], 'products'),
    node('ReduceSum', ['products', 'axes'], 'sum', [attribute('keepdims', 0)]),
    node('Add', ['sum', 'bias'], 'total'),
    node('Cast', ['total'], 'score', [attribute('to', FLOAT)]),
  ];
  return writeOnnx({
    name: 'head',
    nodes,
    initializers: [
      tensor('weights', weights),
      tensor('bias', Float64Array.of(bias)),
      tensor('axes', BigInt64Array.of(1n)),
    ],
    inputs: [valueInfo('text', FLOAT, ['n', weights.length])],
    outputs: [valueInfo('score', FLOAT, ['n'])],
  });
}

/** The score that the graph gives to a row. */
export function scoreRow({ weights, bias }: LinearModel, row: Float32Array): number {
  let sum = 0;
  for (const [i, value] of row.entries()) sum += weights[i]! * value;
  return Math.fround(sum + bias);
}
