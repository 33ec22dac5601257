import { InvalidArgumentError, Option } from 'commander';

/** An option that may be repeated; the values in their order, none by default. */
export function repeatable(flags: string, description: string): Option {
  return new Option(flags, `${description}; may be repeated`).default([], '').argParser<readonly string[]>(collect);
}

/** `--exclude`, of every command that loads a suite. */
export function excludeOption(): Option {
  return repeatable('--exclude <package>', 'leave out a package, by full name');
}

/** `--workers`, of every command that loads a suite. */
export function workersOption(): Option {
  return new Option('--workers <n>', 'worker threads; default the cores this process may use').argParser((text) => {
    const workers = Number(text);
    if (Number.isInteger(workers) && workers >= 1 && workers <= 256) return workers;
    throw new InvalidArgumentError('A whole number from 1 to 256 is wanted.');
  });
}

/** A number from 0 to 1. */
export function share(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('A number from 0 to 1 is wanted.');
}

function collect(value: string, previous: readonly string[]): string[] {
  return [...previous, value];
}
