import { basename, resolve } from 'node:path';
import { type Said, usage } from './command-line.ts';
import { type NameKind, checkFolder, checkName, folderFault, nameFault } from './names.ts';
import type { ProjectOptions } from './project-options.ts';
import { publishedModels } from './published-models.ts';

/** A question with a text for an answer. */
export interface TextQuestion {
  readonly message: string;
  readonly initial?: string;
  /** What is wrong with an answer; `undefined` when nothing is. */
  readonly fault: (answer: string) => string | undefined;
}

/** Somebody who answers questions: a terminal, or a test. */
export interface Asked {
  text(question: TextQuestion): Promise<string>;
  choose<Value extends string>(question: {
    readonly message: string;
    readonly options: readonly { readonly value: Value; readonly label: string }[];
  }): Promise<Value>;
  confirm(message: string): Promise<boolean>;
}

/** What a new project is to be, and where. */
export interface Wanted {
  readonly dir: string;
  readonly project: ProjectOptions;
}

const FOLDER = 'my-clamor';

/**
 * What is said on the command line, and for the rest what is answered, or the defaults where nobody is asked.
 *
 * @param asked - `null` without a terminal, and with --yes.
 * @param cwd - What the folder is relative to.
 * @throws {CreateError} `CREATE_USAGE` when there is no default; `CREATE_FOLDER_TAKEN`, `CREATE_NAME_INVALID`
 */
export async function completeWanted(said: Said, asked: Asked | null, cwd: string): Promise<Wanted> {
  const folder =
    said.folder ??
    (await asked?.text({
      message: 'In which folder?',
      initial: FOLDER,
      fault: (answer) => folderFault(resolve(cwd, answer)) ?? nameFault('project', basename(resolve(cwd, answer))),
    })) ??
    FOLDER;
  const dir = resolve(cwd, folder);
  // Before anything else is asked.
  checkFolder(dir);
  checkName('project', basename(dir));
  const template =
    said.template ??
    (await asked?.choose({
      message: 'What do you want to make?',
      options: [
        { value: 'host', label: 'a host: judge by a suite and its members' },
        { value: 'suite', label: 'a suite: a workspace in which a team makes members' },
      ],
    })) ??
    'host';
  return { dir, project: template === 'host' ? await host(said, asked) : await suite(said, asked, basename(dir)) };
}

async function host(said: Said, asked: Asked | null): Promise<ProjectOptions> {
  const models = publishedModels();
  const suitePackage =
    said.suitePackage ??
    (await asked?.text({ message: 'Which suite?', initial: models.suite, fault: ofKind('package') })) ??
    models.suite;
  if (said.members !== undefined) return { template: 'host', suitePackage, members: said.members };
  if (suitePackage === models.suite) return { template: 'host', suitePackage, members: models.members };
  const answer = await asked?.text({
    message: `Which members of ${suitePackage}? Packages with spaces between them.`,
    fault: (names) =>
      split(names).map(ofKind('package')).find(Boolean) ?? (split(names).length > 0 ? undefined : 'One.'),
  });
  return { template: 'host', suitePackage, members: split(answer ?? '') };
}

async function suite(said: Said, asked: Asked | null, folder: string): Promise<ProjectOptions> {
  const name = said.suite ?? (await asked?.text({ message: 'Name of the suite?', fault: ofKind('suite') }));
  if (name === undefined) throw usage('a suite has a name: --suite fraud');
  const scope =
    said.scope ??
    (await asked?.text({ message: 'Scope of its packages?', initial: folder, fault: ofKind('scope') })) ??
    folder;
  const nx =
    said.nx ?? (await asked?.confirm('Shall Nx run the checks, so that only what a change touches is run?')) ?? true;
  return { template: 'suite', suite: name, scope, nx };
}

function ofKind(what: NameKind): (name: string) => string | undefined {
  return (name) => nameFault(what, name);
}

function split(names: string): string[] {
  return names.split(/[\s,]+/).filter((name) => name !== '');
}
