import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProjectGraph } from '@nx/devkit';
import { NxError } from './errors.ts';

/**
 * The project graph of a workspace, by the workspace's own Nx.
 *
 * @throws {NxError} `BOUNDARY_GRAPH_FAILED`
 */
export function readProjectGraph(root: string): Pick<ProjectGraph, 'nodes' | 'dependencies'> {
  const folder = mkdtempSync(join(tmpdir(), 'clamor-graph-'));
  const file = join(folder, 'graph.json');
  try {
    const args = [nxProgram(root), 'graph', `--file=${file}`];
    const env = { ...process.env, NX_DAEMON: 'false' };
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
    if (status !== 0) throw failed(`"nx graph" ended with ${status}: ${(stdout + stderr).trim()}`);
    return (JSON.parse(readFileSync(file, 'utf8')) as { readonly graph: ProjectGraph }).graph;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function nxProgram(root: string): string {
  try {
    return createRequire(join(root, 'package.json')).resolve('nx/bin/nx.js');
  } catch {
    throw failed('Nx is not installed there. Run npm install, or npm install --save-dev nx');
  }
}

function failed(reason: string): NxError {
  return new NxError(
    'BOUNDARY_GRAPH_FAILED',
    `The packages of this workspace and their imports cannot be read.\n${reason}`,
  );
}
