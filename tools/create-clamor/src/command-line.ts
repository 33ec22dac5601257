import { parseArgs } from 'node:util';
import { CreateError } from './errors.ts';

/** What `create-clamor --help` prints. */
export const USAGE = `npm create clamor@latest [FOLDER] -- [options]

Makes a project that uses Clamor, in a folder that is not there or empty. In a terminal it asks for what is not said.

  --template host          a program that judges by a suite and its members, with a lock and tests
    --suite-package NAME     the suite; default @clamor/spam
    --member NAME            a member, may be repeated; default all of @clamor/spam
  --template suite         a workspace for a suite of your own: generators, checks, gate, CI, releases
    --suite NAME             the suite, for example fraud
    --scope NAME             scope of its packages; default the name of the folder
    --no-nx                  npm alone runs the checks; default Nx, which runs what a change touches

  --yes                    ask nothing, take the defaults
  --skip-install           write the files and install nothing
  --dry-run                say what would be written, and write nothing
  --help`;

const OPTIONS = {
  template: { type: 'string' },
  'suite-package': { type: 'string' },
  member: { type: 'string', multiple: true },
  suite: { type: 'string' },
  scope: { type: 'string' },
  nx: { type: 'boolean' },
  yes: { type: 'boolean', short: 'y', default: false },
  'skip-install': { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** What the command line says; `undefined` where it says nothing. */
export interface Said {
  readonly folder: string | undefined;
  readonly template: 'host' | 'suite' | undefined;
  readonly suitePackage: string | undefined;
  readonly members: readonly string[] | undefined;
  readonly suite: string | undefined;
  readonly scope: string | undefined;
  readonly nx: boolean | undefined;
  readonly yes: boolean;
  readonly skipInstall: boolean;
  readonly dryRun: boolean;
  readonly help: boolean;
}

/**
 * Reads a command line.
 *
 * An option of one template implies it, and is refused with the other.
 *
 * @throws {CreateError} `CREATE_USAGE`
 */
export function readCommandLine(args: readonly string[]): Said {
  const { values, positionals } = parse(args);
  const [folder, ...rest] = positionals;
  if (rest.length > 0) throw usage(`"${rest.join(' ')}" is too much`);
  const { template } = values;
  if (template !== undefined && template !== 'host' && template !== 'suite') {
    throw usage(`there is no template "${template}", but host and suite`);
  }
  const ofHost = (['suite-package', 'member'] as const).filter((name) => values[name] !== undefined);
  const ofSuite = (['suite', 'scope', 'nx'] as const).filter((name) => values[name] !== undefined);
  const [host, suite] = [ofHost[0], ofSuite[0]];
  if (host !== undefined && suite !== undefined) throw usage(`--${host} is of a host and --${suite} of a suite`);
  if (template === 'host' && suite !== undefined) throw usage(`--${suite} is of the template suite`);
  if (template === 'suite' && host !== undefined) throw usage(`--${host} is of the template host`);
  const implied = host === undefined ? (suite === undefined ? undefined : 'suite') : 'host';
  return {
    folder,
    template: template ?? implied,
    suitePackage: values['suite-package'],
    members: values.member,
    suite: values.suite,
    scope: values.scope?.replace(/^@/, ''),
    nx: values.nx,
    yes: values.yes,
    skipInstall: values['skip-install'],
    dryRun: values['dry-run'],
    help: values.help,
  };
}

/** A command line that does not fit together. */
export function usage(fault: string): CreateError {
  return new CreateError(
    'CREATE_USAGE',
    `${fault}.\nnpm create clamor@latest -- --help says what there is; options of ours stand behind --.`,
  );
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, allowNegative: true });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}
