import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { runCommand } from '@clamor/checks/run-command';

/**
 * A member as it might have been a version ago: 0.0.9, with a threshold that is lower by 0.5.
 *
 * @param tarball - Of the member as it is.
 * @param folder - Where the new tarball, and what it is made of, go.
 * @returns The new tarball.
 * @throws {Error} when tar fails.
 */
export function olderTarball(tarball: string, folder: string): string {
  const dir = join(folder, 'older');
  mkdirSync(dir);
  tar('-xzf', tarball, '-C', dir);
  const edit = (file: string, change: (json: { [key: string]: unknown }) => object): void => {
    const path = join(dir, 'package', file);
    writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')) as { [key: string]: unknown })));
  };
  edit('package.json', (manifest) => ({ ...manifest, version: '0.0.9' }));
  edit('assets/record.json', (record) => ({ ...record, threshold: Math.fround(Number(record['threshold']) - 0.5) }));
  const older = join(folder, 'older.tgz');
  tar('-czf', older, '-C', dir, 'package');
  return older;
}

function tar(...args: readonly string[]): void {
  const { status, output } = runCommand('tar', args, '/');
  if (status !== 0) throw new Error(`tar ${args.join(' ')}:\n${output}`);
}
