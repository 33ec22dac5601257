// Writes ONNX graphs without a library: a graph is a protocol buffer.
// Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto

/** Types of elements. */
export const [FLOAT, INT64, DOUBLE] = [1, 7, 11] as const;

const [IR_VERSION, OPSET] = [9, 17];

/** What a graph is made of; the parts are made by the functions below. */
export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly Uint8Array[];
  readonly initializers: readonly Uint8Array[];
  readonly inputs: readonly Uint8Array[];
  readonly outputs: readonly Uint8Array[];
}

/** The bytes of an ONNX file. */
export function writeOnnx({ name, nodes, initializers, inputs, outputs }: OnnxGraph): Uint8Array {
  const graph = [
    ...nodes.map((each) => bytes(1, each)),
    text(2, name),
    ...initializers.map((each) => bytes(5, each)),
    ...inputs.map((each) => bytes(11, each)),
    ...outputs.map((each) => bytes(12, each)),
  ];
  const opset = join([text(1, ''), integer(2, OPSET)]);
  return join([integer(1, IR_VERSION), text(2, 'clamor'), bytes(7, join(graph)), bytes(8, opset)]);
}

/** One operation. */
export function node(
  operator: string,
  inputs: readonly string[],
  output: string,
  attributes: readonly Uint8Array[] = [],
): Uint8Array {
  return join([
    ...inputs.map((name) => text(1, name)),
    text(2, output),
    text(4, operator),
    ...attributes.map((each) => bytes(5, each)),
  ]);
}

/** An attribute of an operation: a whole number, a text or a {@link tensor}. */
export function attribute(name: string, value: Uint8Array | string | number): Uint8Array {
  const [field, type] = typeof value === 'number' ? [3, 2] : typeof value === 'string' ? [4, 3] : [5, 4];
  const content =
    typeof value === 'number'
      ? integer(field, value)
      : typeof value === 'string'
        ? text(field, value)
        : bytes(field, value);
  return join([text(1, name), content, integer(20, type)]);
}

/** An array of one axis. */
export function tensor(name: string, values: Float32Array | Float64Array | BigInt64Array): Uint8Array {
  const type = values instanceof Float32Array ? FLOAT : values instanceof Float64Array ? DOUBLE : INT64;
  const raw = new Uint8Array(values.BYTES_PER_ELEMENT * values.length);
  const view = new DataView(raw.buffer);
  for (const [i, value] of values.entries()) {
    const at = i * values.BYTES_PER_ELEMENT;
    if (typeof value === 'bigint') view.setBigInt64(at, value, true);
    else if (type === FLOAT) view.setFloat32(at, value, true);
    else view.setFloat64(at, value, true);
  }
  return join([integer(1, values.length), integer(2, type), text(8, name), bytes(9, raw)]);
}

/** The name, type and shape of an input or output; an axis without a fixed size has a name. */
export function valueInfo(name: string, type: number, shape: readonly (number | string)[]): Uint8Array {
  const axes = shape.map((axis) => bytes(1, typeof axis === 'number' ? integer(1, axis) : text(2, axis)));
  const tensorType = join([integer(1, type), bytes(2, join(axes))]);
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
