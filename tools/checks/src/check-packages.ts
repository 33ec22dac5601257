import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packPackages } from './pack-packages.ts';
import { runCommand } from './run-command.ts';
import { type TarballCheck, tarballChecks } from './tarball-checks.ts';
import { WORKSPACE } from './workspace.ts';

// Are the published packages what their package.json says (publint), do their types resolve (attw), and does the
// workspace hold nothing unused (knip)? Wants a build.

const folder = mkdtempSync(join(tmpdir(), 'clamor-packed-'));
try {
  const tarballs = packPackages(folder);
  const checks = [
    { what: 'knip', command: 'knip', args: [] },
    ...[...tarballs].flatMap(([name, tarball]) => tarballChecks(name, tarball)),
  ];
  const failed = checks.filter((check) => !passes(check));
  console.log(`check:packages: ${checks.length - failed.length} passed, ${failed.length} failed`);
  process.exitCode = failed.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function passes({ what, command, args }: TarballCheck): boolean {
  const { status, output } = runCommand(command, args, WORKSPACE);
  console.log(status === 0 ? `ok      ${what}` : `FAILED  ${what}\n${output}`);
  return status === 0;
}
