import { InvalidArgumentError, Option } from 'commander';

import { CliError } from '../errors.ts';

/** An option that may be repeated; the values in their order, none by default. */
export function repeatable<Value = string>(
  flags: string,
  description: string,
  parse: (text: string) => Value = (text) => text as Value,
): Option {
  return new Option(flags, `${description}; may be repeated`)
    .default([], '')
    .argParser<readonly Value[]>((text, previous) => [...previous, parse(text)]);
}

/** `--exclude`, of every command that loads a suite. */
export function excludeOption(): Option {
  return repeatable('--exclude <package>', 'leave out a package by its full name, or one version of it by its alias');
}

/** `--locked`, of every command that runs a suite as it was released. */
export function lockedOption(): Option {
  return new Option(
    '--locked [file]',
    'refuse what differs from a lock; default clamor.lock.json of the host. Put it last, or write --locked=FILE',
  ).argParser((text) => {
    // Otherwise the first file to be judged would be taken for a lock without a word.
    if (text.endsWith('.json')) return text;
    throw new InvalidArgumentError('A lock (a .json file) is wanted. Put --locked behind all other arguments.');
  });
}

/** `--require-provenance`, of every command that runs a suite as it was released. */
export function provenanceOption(): Option {
  return new Option(
    '--require-provenance',
    'refuse members without provenance of npm; asks the registry once per tarball',
  );
}

/** `--workers`, of every command that loads a suite. */
export function workersOption(): Option {
  return new Option('--workers <n>', 'worker threads; default the cores this process may use').argParser((text) => {
    const workers = Number(text);
    if (Number.isInteger(workers) && workers >= 1 && workers <= 256) return workers;
    throw new InvalidArgumentError('A whole number from 1 to 256 is wanted.');
  });
}

/** `--no-cache`, of every command that measures. */
export function noCacheOption(): Option {
  return new Option('--no-cache', 'score every member on every example again; cached scores are neither used nor kept');
}

/** An option whose value is a whole number from 1 to 2³² − 1. */
export function wholeNumberOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= 1 && value < 2 ** 32) return value;
    throw new InvalidArgumentError('A whole number from 1 to 4294967295 is wanted.');
  });
}

/** A number from 0 to 1. */
export function share(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('A number from 0 to 1 is wanted.');
}

/** A share above 0 and below 1, or two of them as bounds: `0.02` or `0.01-0.05`. */
export function prevalence(text: string): number | readonly [low: number, high: number] {
  const ends = text.split('-').map((end) => (end.trim() === '' ? Number.NaN : Number(end)));
  const [low, high = low] = ends;
  const isValid = ends.length <= 2 && low !== undefined && high !== undefined && low > 0 && high < 1 && low <= high;
  if (!isValid) throw new InvalidArgumentError('A share above 0 and below 1 is wanted, or LOW-HIGH.');
  return ends.length === 1 ? low : [low, high];
}

/** A score or threshold: any number that float32 holds. */
export function score(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(Math.fround(value))) return value;
  throw new InvalidArgumentError('A finite number is wanted.');
}

/** An option whose value is a {@link score}. */
export function scoreOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser(score);
}

/**
 * Refuses options that were given and do not go with the rest.
 *
 * @throws {CliError} `CLI_USAGE`, naming all of them.
 */
export function refuseOptions<Flags extends object>(flags: Flags, names: readonly (keyof Flags)[], why: string): void {
  const given = names.filter((name) => {
    const value = flags[name];
    if (name === 'cache') return value === false; // The only one that is there unless it is refused.
    return value !== undefined && !(Array.isArray(value) && value.length === 0);
  });
  if (given.length === 0) return;
  const shown = given.map((name) => `--${flagOf(String(name))}`);
  throw new CliError('CLI_USAGE', `These options ${why}: ${shown.join(', ')}.`);
}

function flagOf(name: string): string {
  return (name === 'cache' ? 'noCache' : name).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
