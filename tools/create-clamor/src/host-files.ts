import type { HostOptions, ProjectFile } from './project-options.ts';
import { publishedModels } from './published-models.ts';
import { jsonFile, renderTemplates } from './render-templates.ts';

/** What a host reads, in the two shapes that it is given here: a mail for the spam suite, a text for any other. */
const INPUTS = {
  mail: {
    file: 'letter.eml',
    judged: 'letter.eml',
    read: 'readFileSync(file)',
    content: 'From: Ann <ann@example.com>\nTo: bob@example.com\nSubject: Lunch\n\nShall we have lunch on Friday?\n',
  },
  text: {
    file: 'example.txt',
    judged: 'example.jsonl',
    read: "readFileSync(file, 'utf8')",
    content: 'Shall we have lunch on Friday?\n',
  },
};

/** Packages that a host depends on: what runs a suite, the command, the suite and its members. */
export function hostPackages({ suitePackage, members }: HostOptions): string[] {
  return ['@clamor/runtime', '@clamor/cli', suitePackage, ...members];
}

/**
 * The files of a new host. Its package.json asks for the newest of each package; npm replaces that by ranges when it installs.
 *
 * @param name - Of the root package.
 */
export function hostFiles(name: string, options: HostOptions): ProjectFile[] {
  const input = options.suitePackage === publishedModels().suite ? INPUTS.mail : INPUTS.text;
  const manifest = {
    name,
    version: '0.0.0',
    private: true,
    type: 'module',
    engines: { node: '>=22.18' },
    scripts: {
      start: `node judge.js ${input.file}`,
      judge: `clamor judge ${input.judged}`,
      lock: 'clamor lock',
      test: 'node --test',
    },
    dependencies: Object.fromEntries(
      hostPackages(options)
        .toSorted()
        .map((each) => [each, 'latest']),
    ),
    allowScripts: { 'onnxruntime-node': false },
  };
  const values = { name, suitePackage: options.suitePackage, ...input, members: options.members.join(' ') };
  const lines = [{ path: input.judged, content: `${JSON.stringify(input.content.trim())}\n` }];
  return [
    jsonFile('package.json', manifest),
    ...renderTemplates('host', values),
    { path: input.file, content: input.content },
    ...(input.judged === input.file ? [] : lines),
  ];
}
