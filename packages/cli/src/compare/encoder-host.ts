import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { DiscoveredPackage } from '@clamor/runtime';

import { copyPackage, linkPeers } from '../host-around.ts';

/** What {@link encoderHost} takes. */
export interface EncoderHostOptions {
  /** Full name of the encoder's package. */
  readonly package: string;
  /** Folder of the version that the members are to read. */
  readonly dir: string;
  /** The installed members on it. */
  readonly readers: readonly DiscoveredPackage[];
  /** The installed package of their suite. */
  readonly suite: DiscoveredPackage;
}

/** A temporary host. */
export interface EncoderHost extends AsyncDisposable {
  readonly dir: string;
}

/**
 * Makes a temporary host in which the members on an encoder are as they are installed, and read one version of it: so that the
 * texts are those of the suite, and nothing but the encoder differs. Which range of it they ask for does not matter here.
 */
export async function encoderHost({ package: name, dir, readers, suite }: EncoderHostOptions): Promise<EncoderHost> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'clamor-compared-encoder-')));
  const modules = join(folder, 'node_modules');
  await link(await realpath(dir), join(modules, name));
  await link(suite.dir, join(modules, suite.package));
  for (const [i, reader] of readers.entries()) {
    // Its own copy of the encoder would come before the one that is asked about.
    const copy = await copyPackage(reader.dir, join(folder, `member-${i}`), name);
    // Its samples hold the scores of the encoder that it was fitted to.
    await writeFile(join(copy, 'assets', 'samples.jsonl'), '');
    const manifest = JSON.parse(await readFile(join(copy, 'package.json'), 'utf8')) as {
      readonly dependencies?: { readonly [name: string]: string };
    };
    const dependencies = { ...manifest.dependencies, [name]: '*' };
    await writeFile(join(copy, 'package.json'), JSON.stringify({ ...manifest, dependencies }));
    await link(copy, join(modules, reader.package));
    await linkPeers(folder, { package: reader.package, from: reader.dir, dependencies: true });
  }
  const declared = Object.fromEntries([suite, ...readers].map((one) => [one.package, '*']));
  const host = { name: 'clamor-encoder-host', version: '0.0.0', private: true, dependencies: declared };
  await writeFile(join(folder, 'package.json'), JSON.stringify(host));
  return { dir: folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

async function link(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await symlink(from, to);
}
