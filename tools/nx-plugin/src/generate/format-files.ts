import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { GeneratedFile } from './files.ts';

/** What is used of prettier's API, of version 3. */
interface Prettier {
  resolveConfig(file: string): Promise<object | null>;
  getFileInfo(
    file: string,
    options: { readonly ignorePath: string },
  ): Promise<{ readonly ignored: boolean; readonly inferredParser: string | null }>;
  format(text: string, options: object): Promise<string>;
}

/** Formats files by the workspace's own prettier and its rules; leaves them as they are where there is none. */
export async function formatGenerated(root: string, files: readonly GeneratedFile[]): Promise<GeneratedFile[]> {
  const prettier = await loadPrettier(root);
  if (prettier === null) return [...files];
  return Promise.all(
    files.map(async ({ path, content }) => {
      if (typeof content !== 'string') return { path, content };
      const file = join(root, path);
      const { ignored, inferredParser } = await prettier.getFileInfo(file, {
        ignorePath: join(root, '.prettierignore'),
      });
      if (ignored || inferredParser === null) return { path, content };
      const config = await prettier.resolveConfig(file);
      return { path, content: await prettier.format(content, { ...config, filepath: file }) };
    }),
  );
}

async function loadPrettier(root: string): Promise<Prettier | null> {
  let entry: string;
  try {
    entry = createRequire(join(root, 'package.json')).resolve('prettier');
  } catch {
    return null;
  }
  const module = (await import(pathToFileURL(entry).href)) as Prettier & { readonly default?: Prettier };
  return module.default ?? module;
}
