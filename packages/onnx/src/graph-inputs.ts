import type { InputSpec } from '@clamor/contract';
import { Tensor } from 'onnxruntime-node';
import type { FeatureBatch } from './features.ts';
import type { InputFeatures } from './input-collectors.ts';

/** One tensor that a graph must take: its name, element type and shape, `null` for any size. */
export interface GraphInput {
  readonly name: string;
  readonly type: 'float32' | 'int64' | 'string';
  readonly shape: readonly (number | null)[];
}

/**
 * The graph inputs that a declared input stands for.
 *
 * @example graphInputs('x', dense(3)) // [{ name: 'x', type: 'float32', shape: [null, 3] }]
 */
export function graphInputs(name: string, spec: InputSpec<never>): GraphInput[] {
  switch (spec.kind) {
    case 'dense':
      return [{ name, type: 'float32', shape: [null, spec.width] }];
    case 'encoded':
      return [{ name, type: 'float32', shape: [null, spec.encoder.width] }];
    case 'string':
      return [{ name, type: 'string', shape: [null, 1] }];
    case 'number':
      return [{ name, type: 'float32', shape: [null, 1] }];
    case 'bag':
      return [
        { name: `${name}_ids`, type: 'int64', shape: [null] },
        { name: `${name}_rows`, type: 'int64', shape: [null] },
        { name: `${name}_count`, type: 'int64', shape: [1] },
        ...(spec.weighted ? [{ name: `${name}_weights`, type: 'float32', shape: [null] } as const] : []),
      ];
  }
}

/**
 * The tensors of a batch, by graph input.
 *
 * @example
 * const values = Float32Array.of(1, 2, 3);
 * toTensors({ inputs: { x: { kind: 'dense', width: 3, values } }, kept: 1, status: new Uint8Array(1), reasons: new Map() })
 *   .x.dims // [1, 3]
 */
export function toTensors(batch: FeatureBatch): Record<string, Tensor> {
  const tensors: Record<string, Tensor> = {};
  for (const [name, features] of Object.entries(batch.inputs)) {
    for (const [input, tensor] of inputTensors(name, features, batch.kept)) tensors[input] = tensor;
  }
  return tensors;
}

function inputTensors(name: string, features: InputFeatures, kept: number): [string, Tensor][] {
  switch (features.kind) {
    case 'dense':
      return [[name, new Tensor('float32', features.values, [kept, features.width])]];
    case 'string':
      return [[name, new Tensor('string', [...features.values], [kept, 1])]];
    case 'number':
      return [[name, new Tensor('float32', features.values, [kept, 1])]];
    case 'bag': {
      const total = features.ids.length;
      return [
        [`${name}_ids`, new Tensor('int64', features.ids, [total])],
        [`${name}_rows`, new Tensor('int64', features.rows, [total])],
        [`${name}_count`, new Tensor('int64', BigInt64Array.of(BigInt(kept)), [1])],
        ...(features.weights === null
          ? []
          : [[`${name}_weights`, new Tensor('float32', features.weights, [total])] as [string, Tensor]]),
      ];
    }
  }
}
