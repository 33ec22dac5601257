import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GeneratedFile } from './files.ts';
import { ownDir } from './own-package.ts';

/** What stands for `{{name}}` in the templates. */
export type TemplateValues = { readonly [name: string]: string };

/**
 * The files of a folder of templates/, with values for `{{name}}`. A template ends in `.template`; other files are copied.
 *
 * @param into - Folder of the workspace that they go to.
 * @throws {Error} when a template names a value that is not there: our bug.
 */
export function renderTemplates(folder: string, into: string, values: TemplateValues): GeneratedFile[] {
  const from = join(ownDir(), 'templates', folder);
  const names = readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(from.length + 1)
        .replaceAll('\\', '/'),
    );
  return names.toSorted().map((name) => ({
    path: `${into}/${name.replace(/\.template$/, '')}`,
    content: fill(readFileSync(join(from, name), 'utf8'), name, values),
  }));
}

function fill(text: string, file: string, values: TemplateValues): string {
  if (!file.endsWith('.template')) return text;
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`INTERNAL: the template ${file} names ${name}, which has no value.`);
    return value;
  });
}
