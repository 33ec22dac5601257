import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packPackages } from './pack-packages.ts';
import { runCommand } from './run-command.ts';
import { WORKSPACE } from './workspace.ts';

// Are the published packages what their package.json says (publint), do their types resolve (attw), and does the
// workspace hold nothing unused (knip)? Wants a build.

interface Check {
  readonly what: string;
  readonly command: string;
  readonly args: readonly string[];
}

const folder = mkdtempSync(join(tmpdir(), 'clamor-packed-'));
try {
  const tarballs = packPackages(folder);
  const checks: Check[] = [{ what: 'knip', command: 'knip', args: [] }];
  for (const [name, tarball] of tarballs) {
    checks.push({ what: `publint ${name}`, command: 'publint', args: ['--strict', tarball] });
    // A model's weights are a file to read, not a module with types.
    const attw = [
      tarball,
      '--profile',
      'esm-only',
      '--exclude-entrypoints',
      'model.onnx',
      '--format',
      'ascii',
      '--no-emoji',
    ];
    checks.push({ what: `attw ${name}`, command: 'attw', args: attw });
  }
  const failed = checks.filter((check) => !passes(check));
  console.log(`check:packages: ${checks.length - failed.length} passed, ${failed.length} failed`);
  process.exitCode = failed.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function passes({ what, command, args }: Check): boolean {
  const { status, output } = runCommand(command, args, WORKSPACE);
  console.log(status === 0 ? `ok      ${what}` : `FAILED  ${what}\n${output}`);
  return status === 0;
}
