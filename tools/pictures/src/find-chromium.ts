import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The Chromium to take pictures with: `CLAMOR_CHROMIUM`, or the first on the path, or none. */
export function findChromium(env: NodeJS.ProcessEnv): string | null {
  const asked = env['CLAMOR_CHROMIUM'];
  if (asked !== undefined && asked !== '') return asked;
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const paths = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return paths.find((path) => existsSync(path)) ?? null;
}
