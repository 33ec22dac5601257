import { parseArgs } from 'node:util';
import { NxError } from '../errors.ts';
import { folderFiles, writeFiles } from '../generate/folder-files.ts';
import { formatGenerated } from '../generate/format-files.ts';
import { generateEncoder } from '../generate/generate-encoder.ts';
import { generateInit } from '../generate/generate-init.ts';
import { type MemberKind, generateMember } from '../generate/generate-member.ts';
import { generateSuite } from '../generate/generate-suite.ts';
import { installWorkspace } from '../generate/install.ts';
import type { GeneratedFile } from '../generate/files.ts';
import { askMerge, printBoundaryFaults, printPackFaults } from './checks.ts';

const USAGE = `clamor-workspace: what @clamor/nx does, without Nx. Run it in the root of an npm workspace.

  clamor-workspace init                     models are workspaces
  clamor-workspace suite NAME               a new suite and its evaluation leaf
  clamor-workspace member SUITE/MEMBER      a new member of a suite
  clamor-workspace encoder NAME             a new encoder, shared by members
  clamor-workspace pack-check DIR…          is a package, as npm would publish it, fit for it?
  clamor-workspace boundaries               does any package import one that it may not? Wants Nx
  clamor-workspace gate-merge               may all members that a merge brings join together?
  clamor-workspace compare-merge            do the changesets of a merge say what its models do?

  --kind KIND         kind of a member: onnx (default), plain, or encoder-head
  --encoder NAME      what a head reads; default the only encoder there is
  --owner TEAM        who ships it
  --scope SCOPE       scope of its package
  --samples FILE      inputs for a member's samples
  --dry-run           say what would be written, and write nothing
  --skip-install      leave the lockfile as it is
  --skip-private      of pack-check: leave out what is not published

  --since REF         what the merge goes to; default NX_BASE, else the default branch of nx.json, else main
  --split NAME        examples to gate or compare on
  --markdown FILE     write the answers as Markdown, for a comment or a job summary
  --junit FILE        of gate-merge: write the answer as a test report, too
  --tolerate OUTCOME  of gate-merge: inconclusive or no-effect does not fail; may be repeated`;

const EX_USAGE = 64;

const OPTIONS = {
  kind: { type: 'string' },
  encoder: { type: 'string' },
  owner: { type: 'string' },
  scope: { type: 'string' },
  samples: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  'skip-install': { type: 'boolean', default: false },
  'skip-private': { type: 'boolean', default: false },
  since: { type: 'string' },
  split: { type: 'string' },
  markdown: { type: 'string' },
  junit: { type: 'string' },
  tolerate: { type: 'string', multiple: true },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/**
 * Runs `clamor-workspace` to its end.
 *
 * @param root - Folder of the workspace.
 * @returns The exit code: 0, 1 for a coded error, 64 when it was called wrongly.
 */
export async function runCommandLine(args: readonly string[], root: string): Promise<number> {
  try {
    return await runCommand(args, root);
  } catch (error) {
    if (!(error instanceof NxError)) throw error;
    console.error(error.message);
    return error.code === 'GENERATE_USAGE' ? EX_USAGE : 1;
  }
}

async function runCommand(args: readonly string[], root: string): Promise<number> {
  const { values, positionals } = parse(args);
  const [command, name, ...rest] = positionals;
  if (values.help || command === undefined) {
    console.log(USAGE);
    return values.help ? 0 : EX_USAGE;
  }
  if (command === 'pack-check') return printPackFaults(root, positionals.slice(1), values);
  if (command === 'boundaries') return printBoundaryFaults(root);
  if (command === 'gate-merge' || command === 'compare-merge') {
    if (name !== undefined) throw usage(`"${name}" is too much: ${command} finds what differs`);
    return askMerge(root, command, values);
  }
  if (rest.length > 0) throw usage(`"${rest.join(' ')}" is too much`);
  const changed = await formatGenerated(root, filesOf(command, { ...values, name, root }));
  for (const { path } of changed) console.log(`${folderFiles(root).exists(path) ? 'UPDATE' : 'CREATE'} ${path}`);
  if (values['dry-run']) {
    console.log('Nothing was written: --dry-run.');
    return 0;
  }
  writeFiles(root, changed);
  if (changed.length > 0 && !values['skip-install']) installWorkspace(root);
  return 0;
}

interface Wanted {
  readonly root: string;
  readonly name: string | undefined;
  readonly kind?: string | undefined;
  readonly encoder?: string | undefined;
  readonly owner?: string | undefined;
  readonly scope?: string | undefined;
  readonly samples?: string | undefined;
}

function filesOf(command: string, { root, name, kind, ...options }: Wanted): GeneratedFile[] {
  const files = folderFiles(root);
  if (command === 'init') return generateInit(files);
  if (command !== 'suite' && command !== 'member' && command !== 'encoder') {
    throw usage(`there is no command "${command}"`);
  }
  if (name === undefined) throw usage(`which ${command}? ${command} ${command === 'member' ? 'SUITE/MEMBER' : 'NAME'}`);
  if (command === 'suite') return generateSuite(files, { ...options, name }).flatMap((each) => each.files);
  if (command === 'encoder') return [...generateEncoder(files, { ...options, name }).files];
  // What it may be is checked there, as for Nx.
  return [...generateMember(files, { ...options, name, kind: kind as MemberKind | undefined }).files];
}

function parse(
  args: readonly string[],
): ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

function usage(fault: string): NxError {
  return new NxError('GENERATE_USAGE', `clamor-workspace: ${fault}.\nclamor-workspace --help says what there is.`);
}
