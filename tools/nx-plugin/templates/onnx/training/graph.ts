// Writes the ONNX graph of a logistic regression over a bag of terms, without a library: a graph is a protocol buffer.
// Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto

/** What the graph holds. */
export interface BagModel {
  /** Shape [buckets]: the weight of each hashed term. */
  readonly table: Float32Array;
  readonly bias: number;
}

const FLOAT = 1;
const INT64 = 7;
const [IR_VERSION, OPSET] = [9, 17];

/**
 * The graph as bytes of an ONNX file: score = Σ table[term] ÷ √(number of terms) + bias, the bias alone without a term.
 *
 * Inputs are those of a bag named `terms` that is not weighted; the output is `score`, float32 [n].
 */
export function writeGraph({ table, bias }: BagModel): Uint8Array {
  const nodes = [
    node('Gather', ['table', 'terms_ids'], 'weights'),
    node('ConstantOfShape', ['terms_count'], 'zeros', [attribute('value', 't', constant(0))]),
    node('ScatterElements', ['zeros', 'terms_rows', 'weights'], 'sums', add()),
    node('Shape', ['terms_ids'], 'length'),
    node('ConstantOfShape', ['length'], 'ones', [attribute('value', 't', constant(1))]),
    node('ScatterElements', ['zeros', 'terms_rows', 'ones'], 'counts', add()),
    node('Max', ['counts', 'one'], 'divisors'),
    node('Sqrt', ['divisors'], 'lengths'),
    node('Div', ['sums', 'lengths'], 'means'),
    node('Add', ['means', 'bias'], 'score'),
  ];
  const initializers = [
    tensor('table', table),
    tensor('bias', Float32Array.of(bias)),
    tensor('one', Float32Array.of(1)),
  ];
  const graph = [
    ...nodes.map((each) => bytes(1, each)),
    text(2, 'bag'),
    ...initializers.map((each) => bytes(5, each)),
    bytes(11, valueInfo('terms_ids', INT64, 't')),
    bytes(11, valueInfo('terms_rows', INT64, 't')),
    bytes(11, valueInfo('terms_count', INT64, 1)),
    bytes(12, valueInfo('score', FLOAT, 'n')),
  ];
  const opset = join([text(1, ''), integer(2, OPSET)]);
  return join([integer(1, IR_VERSION), text(2, 'clamor'), bytes(7, join(graph)), bytes(8, opset)]);
}

function node(operator: string, inputs: readonly string[], output: string, attributes: Uint8Array[] = []): Uint8Array {
  return join([
    ...inputs.map((name) => text(1, name)),
    text(2, output),
    text(4, operator),
    ...attributes.map((each) => bytes(5, each)),
  ]);
}

const ATTRIBUTE_KINDS = { i: 2, s: 3, t: 4 } as const;

function attribute(name: string, kind: keyof typeof ATTRIBUTE_KINDS, value: Uint8Array | string | number): Uint8Array {
  const type = ATTRIBUTE_KINDS[kind];
  const field = { i: 3, s: 4, t: 5 }[kind];
  const content =
    typeof value === 'number'
      ? integer(field, value)
      : typeof value === 'string'
        ? text(field, value)
        : bytes(field, value);
  return join([text(1, name), content, integer(20, type)]);
}

function add(): Uint8Array[] {
  return [attribute('axis', 'i', 0), attribute('reduction', 's', 'add')];
}

function constant(value: number): Uint8Array {
  return tensor('', Float32Array.of(value));
}

function tensor(name: string, values: Float32Array): Uint8Array {
  const raw = new Uint8Array(4 * values.length);
  const view = new DataView(raw.buffer);
  for (const [i, value] of values.entries()) view.setFloat32(4 * i, value, true);
  return join([integer(1, values.length), integer(2, FLOAT), text(8, name), bytes(9, raw)]);
}

function valueInfo(name: string, type: number, dimension: number | string): Uint8Array {
  const size = typeof dimension === 'number' ? integer(1, dimension) : text(2, dimension);
  const tensorType = join([integer(1, type), bytes(2, bytes(1, size))]);
  return join([text(1, name), bytes(2, bytes(1, tensorType))]);
}

function integer(field: number, value: number): Uint8Array {
  return Uint8Array.from([...varint(field << 3), ...varint(value)]);
}

function text(field: number, value: string): Uint8Array {
  return bytes(field, new TextEncoder().encode(value));
}

function bytes(field: number, content: Uint8Array): Uint8Array {
  return join([Uint8Array.from([...varint((field << 3) | 2), ...varint(content.length)]), content]);
}

function varint(value: number): number[] {
  const rest = Math.floor(value / 128);
  return rest === 0 ? [value] : [(value % 128) | 128, ...varint(rest)];
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
