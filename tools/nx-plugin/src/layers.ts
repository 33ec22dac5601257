/** What a workspace package is on the map: a folder of `packages/`, a kind of package under `models/`, a tool, or a host. */
export type Layer = keyof typeof ALLOWED;

const SHARED = ['contract', 'onnx', 'runtime', 'evaluation', 'store', 'report', 'cli', 'server', 'testkit'] as const;
const MODELS = ['suite', 'encoder', 'member', 'bundle', 'leaf'] as const;

/**
 * The arrows of the map: layer → layers that its packages may import.
 *
 * Arrows never turn back. Nothing shared imports a model: the runtime finds members when it runs. A member never imports
 * a sibling; members and encoders take the testkit for their tests only. Nothing imports a leaf or a tool. `build`, the preset that every
 * tsup.config.ts reads, is free to all.
 */
export const ALLOWED = {
  contract: [],
  onnx: ['contract'],
  evaluation: ['contract'],
  store: ['contract'],
  testkit: ['contract', 'onnx'],
  runtime: ['contract', 'onnx', 'evaluation'],
  report: ['contract', 'evaluation'],
  cli: ['contract', 'runtime', 'store', 'report', 'evaluation'],
  server: ['contract', 'runtime', 'store', 'report', 'evaluation'],
  suite: ['contract'],
  encoder: ['contract', 'testkit'],
  member: ['contract', 'suite', 'encoder', 'testkit'],
  bundle: ['suite', 'member', 'encoder'],
  leaf: [...SHARED, ...MODELS, 'host'],
  build: [],
  tool: [...SHARED, ...MODELS, 'tool'],
  host: [...SHARED, ...MODELS, 'tool', 'host'],
} as const satisfies { readonly [layer: string]: readonly string[] };

/** The tag of a package that should be on the map and is not. */
export const NO_LAYER = 'none';

const LAYER_OF_KIND: { readonly [kind: string]: Layer } = {
  classifier: 'member',
  encoder: 'encoder',
  suite: 'suite',
  evaluation: 'leaf',
  bundle: 'bundle',
};

/**
 * The layer of a workspace package, from its `clamor` marker or, in the workspace of Clamor itself, its folder.
 *
 * @param root - Relative to the workspace, for example `packages/store` or `models/spam/words`.
 * @returns `null` for a package that has no place on the map.
 * @example layerOf('models/spam/words', 'classifier') // 'member'
 */
export function layerOf(root: string, kind: string | undefined): Layer | null {
  const byKind = LAYER_OF_KIND[kind ?? ''];
  if (byKind !== undefined) return byKind;
  const [area, name = ''] = root.split('/');
  if (area === 'tools') return name === 'build' ? 'build' : 'tool';
  return area === 'packages' && SHARED.some((layer) => layer === name) ? (name as Layer) : null;
}
