#!/usr/bin/env node
// Plain JavaScript that every Node parses, so that an old one is told what is wrong instead of failing on syntax.
const WANTED = [22, 18];
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < WANTED[0] || (major === WANTED[0] && minor < WANTED[1])) {
  process.stderr.write(
    `create-clamor needs Node ${WANTED.join('.')} or later; this is ${process.versions.node}. Upgrade Node.\n`,
  );
  process.exitCode = 64; // EX_USAGE
} else {
  void start();
}

async function start() {
  const { existsSync } = await import('node:fs');
  // In the workspace there are sources and nothing needs to be built; a published package holds dist only.
  const source = new URL('../src/run.ts', import.meta.url);
  const entry = existsSync(source) ? source : new URL('../dist/run.js', import.meta.url);
  const { run } = await import(entry.href);
  process.exitCode = await run(process.argv.slice(2), process.cwd());
}
