import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Manifest, WorkspacePackage } from '@clamor/checks/workspace';
import { describe, expect, it, onTestFinished } from 'vitest';
import { staleColumns } from './stale-columns.ts';

describe('staleColumns', () => {
  it.each([
    ['the member', '@acme/texts-slow'],
    ['its suite', '@acme/texts'],
    ['its encoder', '@acme/encoder'],
    ['the contract', '@clamor/contract'],
    ['what the engine depends on', 'graphs'],
  ])('names a shipped column when %s gets another version', (_what, released) => {
    expect(staleColumns(workspace(), ['@acme/texts-quick', released])).toEqual([
      { evaluation: '@acme/texts-evaluation', members: ['slow'] },
    ]);
  });

  it('is empty when others do, and where nothing is shipped', () => {
    expect(staleColumns(workspace(), ['@acme/texts-quick', '@clamor/runtime', '@acme/texts-evaluation'])).toEqual([]);
    expect(staleColumns(workspace({ scripts: {} }), ['@acme/texts-slow'])).toEqual([]);
  });
});

const of = (kind: string): Partial<Manifest> => ({ clamor: { kind, suite: 'texts' } });

/** A suite whose evaluation ships the column of one of two members, and a stored column that has no key. */
function workspace(evaluation: Partial<Manifest> = {}): WorkspacePackage[] {
  const dir = mkdtempSync(join(tmpdir(), 'clamor-stale-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  for (const [folder, manifest] of [
    ['installed/test', { name: 'slow', key: 'k' }],
    ['out-of-fold', { name: 'quick' }],
  ] as const) {
    mkdirSync(join(dir, 'data/columns', folder), { recursive: true });
    writeFileSync(join(dir, 'data/columns', folder, `${manifest.name}.json`), JSON.stringify(manifest));
  }
  const make = (name: string, rest: Partial<Manifest> = {}): WorkspacePackage => ({
    root: name,
    dir,
    manifest: { name, version: '1.0.0', ...rest },
  });
  return [
    make('@acme/texts', { ...of('suite'), peerDependencies: { '@clamor/contract': '^1.0.0' } }),
    make('@acme/texts-slow', { ...of('classifier'), dependencies: { '@acme/encoder': '^1.0.0' } }),
    make('@acme/texts-quick', of('classifier')),
    make('@acme/texts-evaluation', { ...of('evaluation'), scripts: { columns: 'clamor score' }, ...evaluation }),
    make('@clamor/onnx', { dependencies: { graphs: '1.0.0' } }),
  ];
}
