#!/usr/bin/env node
// Plain JavaScript that every Node parses, so that an old one is told what is wrong instead of failing on syntax.
process.env.ORT_DISABLE_TELEMETRY = '1';

const WANTED = [22, 18];
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < WANTED[0] || (major === WANTED[0] && minor < WANTED[1])) {
  process.stderr.write(
    `clamor needs Node ${WANTED.join('.')} or later; this is ${process.versions.node}. Upgrade Node.\n`,
  );
  process.exitCode = 64; // EX_USAGE, as in src/exit-codes.ts
} else {
  void start();
}

async function start() {
  const { existsSync } = await import('node:fs');
  const source = new URL('../src/index.ts', import.meta.url);
  // In the workspace there are sources and nothing needs to be built; a published package holds dist only.
  const fromSource = existsSync(source);
  if (fromSource) {
    const { registerHooks } = await import('node:module');
    const condition = '@clamor/source';
    registerHooks({
      resolve(specifier, context, next) {
        try {
          return next(specifier, { ...context, conditions: [...(context.conditions || []), condition] });
        } catch (error) {
          // A published package names its sources, too, and does not hold them.
          if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
          return next(specifier, context);
        }
      },
    });
  }
  const { runProcess } = await import(fromSource ? source.href : new URL('../dist/index.js', import.meta.url).href);
  await runProcess();
}
