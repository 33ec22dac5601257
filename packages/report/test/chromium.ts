import { existsSync } from 'node:fs';

const USUAL_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The Chromium to test with: `CLAMOR_CHROMIUM`, or one of the usual paths, or none. */
export function findChromium(): string | undefined {
  const asked = process.env['CLAMOR_CHROMIUM'];
  if (asked !== undefined && asked !== '') return asked;
  return USUAL_PATHS.find((path) => existsSync(path));
}

/** Headless, and quiet on the network by itself. A container runs tests as root, where the sandbox cannot start. */
export const CHROMIUM_ARGS: readonly string[] = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
