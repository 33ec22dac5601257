import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import type { SuiteInspection } from '@clamor/runtime';

import { readers } from '../list-encoders.ts';
import type { Finding } from './finding.ts';

/** What is shared by all members and must be there once; a second copy costs memory, or is another version. */
const SHARED = ['@clamor/contract', '@clamor/onnx', 'onnxruntime-node', 'onnxruntime-common'];

const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall'];
const NAMED = 6;

/** What is installed beside the members: the engine, encoders, copies of what should be there once, install scripts. */
export function packageFindings(inspection: SuiteInspection): Finding[] {
  return [...copies(inspection), ...encoders(inspection), installScripts(inspection)];
}

/** What members share; two versions of one encoder are two in memory. */
function encoders({ encoders: found }: SuiteInspection): Finding[] {
  return found.map((encoder) => {
    const twins = found.filter((other) => other.package === encoder.package).length;
    const text = `${encoder.package} ${encoder.version} (${encoder.hash.slice(0, 16)}), read by ${readers(encoder)}`;
    if (twins === 1) return { about: 'encoder', level: 'ok', text };
    const note = `${text}; another version of it is read too, and both are loaded. Align the ranges of the members.`;
    return { about: 'encoder', level: 'note', text: note };
  });
}

function copies({ discovery, suite, slots, members }: SuiteInspection): Finding[] {
  const dirs = [suite.package.dir, ...slots.flatMap((slot) => slot.versions.map(({ dir }) => dir))];
  const needsEngine = members.some(({ record }) => record.artifact !== null);
  return SHARED.flatMap((name): Finding[] => {
    const found = new Map<string, string>();
    for (const from of [...dirs, discovery.host, ...ownFolders()]) {
      const dir = installedFolder(from, name);
      if (dir !== null) found.set(dir, versionOf(dir));
    }
    const isEngine = name === 'onnxruntime-node';
    if (found.size === 0) {
      if (!isEngine) return [];
      const text = needsEngine
        ? 'not installed, and members have an artifact'
        : 'not installed, and no member needs it';
      return [{ about: 'engine', level: needsEngine ? 'fault' : 'ok', text: `${name}: ${text}` }];
    }
    const about = isEngine ? 'engine' : 'copies';
    const [version = '?'] = found.values();
    if (found.size === 1) return isEngine ? [{ about, level: 'ok', text: `${name} ${version}, one copy` }] : [];
    const places = [...found].map(([dir, each]) => `${each} in ${dir}`).join('; ');
    return [
      {
        about,
        level: 'note',
        text: `${name} is there ${found.size} times: ${places}. Run npm dedupe, or align the ranges.`,
      },
    ];
  });
}

/** Where this program and what it brings are installed: the runtime brings the engine. */
function ownFolders(): string[] {
  const own = import.meta.dirname;
  const runtime = installedFolder(own, '@clamor/runtime');
  const onnx = runtime === null ? null : installedFolder(runtime, '@clamor/onnx');
  return [own, runtime, onnx].filter((dir) => dir !== null);
}

/** Code that ran, or would have run, when packages were installed: before anybody could look at it. */
function installScripts({ discovery, suite, slots }: SuiteInspection): Finding {
  const own = [suite.package, ...slots.flatMap((slot) => slot.versions)];
  const members = own.filter(({ dir }) => declaresScript(dir)).map((found) => found.package);
  const others = lockfileScripts(discovery.host).filter((name) => !members.includes(name));
  if (members.length > 0) {
    const text = `${members.join(', ')} of this suite run code when they are installed. A member has no need to: ask its owner why.`;
    return { about: 'install scripts', level: 'note', text };
  }
  if (others.length === 0) return { about: 'install scripts', level: 'ok', text: 'none is declared' };
  const rest = others.length > NAMED ? ` and ${others.length - NAMED} more` : '';
  const text = `none of this suite; of what it is installed with: ${others.slice(0, NAMED).join(', ')}${rest}`;
  return { about: 'install scripts', level: 'ok', text };
}

function declaresScript(dir: string): boolean {
  const scripts = readManifest(dir)['scripts'];
  const names = typeof scripts === 'object' && scripts !== null ? Object.keys(scripts) : [];
  // npm runs node-gyp by itself where it finds this file.
  return names.some((name) => INSTALL_SCRIPTS.includes(name)) || existsSync(join(dir, 'binding.gyp'));
}

/** The packages that npm's lockfile marks as having install scripts. */
function lockfileScripts(host: string): string[] {
  for (let dir = host; ; dir = dirname(dir)) {
    const packages = readJson(join(dir, 'package-lock.json'))['packages'];
    if (typeof packages === 'object' && packages !== null) {
      const entries = Object.entries(packages as { [place: string]: { hasInstallScript?: boolean } });
      const names = entries
        .filter(([place, entry]) => entry.hasInstallScript === true && place.includes('node_modules/'))
        .map(([place]) => place);
      return [
        ...new Set(names.map((place) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length))),
      ];
    }
    if (dir === dirname(dir)) return [];
  }
}

/** The copy of a package that code in a folder gets. */
function installedFolder(from: string, name: string): string | null {
  for (const folder of createRequire(join(from, 'x.js')).resolve.paths(name) ?? []) {
    const dir = join(folder, name);
    if (existsSync(join(dir, 'package.json'))) return realpathSync(dir);
  }
  return null;
}

function versionOf(dir: string): string {
  const { version } = readManifest(dir);
  return typeof version === 'string' ? version : '?';
}

function readManifest(dir: string): { readonly [field: string]: unknown } {
  return readJson(join(dir, 'package.json'));
}

function readJson(file: string): { readonly [field: string]: unknown } {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as { readonly [field: string]: unknown }) : {};
  } catch {
    return {};
  }
}
