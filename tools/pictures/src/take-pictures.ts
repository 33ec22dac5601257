// Takes the pictures of docs/reports.md in a real browser and writes the page: npm run pictures
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { type Browser, type Page, chromium } from 'playwright-core';

import { findChromium } from './find-chromium.ts';
import { gatePage } from './gate-page.ts';
import { PICTURES, type Picture } from './pictures.ts';
import { picturesPage } from './pictures-page.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const IMAGES = join(ROOT, 'docs/images');
/** Pixels of the top of a page. */
const TOP = 1200;
/** A container runs as root, where Chromium's sandbox cannot start. */
const ARGS = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars'];

const executablePath = findChromium(process.env);
if (executablePath === null) {
  console.log('Skipped: no Chromium found. Install one, or name it in CLAMOR_CHROMIUM, to take the pictures.');
} else {
  const folder = mkdtempSync(join(tmpdir(), 'clamor-pictures-'));
  try {
    const pages = { suite: join(folder, 'suite.html'), gate: join(folder, 'gate.html') };
    const clamor = join(ROOT, 'node_modules/.bin/clamor');
    execFileSync(clamor, ['evaluate', 'spam', '--explore', 'valid', '--html', pages.suite], { cwd: ROOT });
    writeFileSync(pages.gate, gatePage());
    mkdirSync(IMAGES, { recursive: true });
    await using browser = await chromium.launch({ executablePath, args: ARGS });
    for (const picture of PICTURES) await take(browser, picture, pages[picture.page]);
    writeFileSync(join(ROOT, 'docs/reports.md'), picturesPage(PICTURES));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function take(browser: Browser, picture: Picture, file: string): Promise<void> {
  const { width, scheme, name } = picture;
  await using page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
  await page.goto(pathToFileURL(file).href);
  const path = join(IMAGES, `${name}.png`);
  await shoot(page, picture, path);
  console.log(`docs/images/${name}.png: ${Math.ceil(statSync(path).size / 1024)} kB`);
}

async function shoot(page: Page, { figure, width }: Picture, path: string): Promise<void> {
  if (figure === null) {
    await page.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, width, height: TOP } });
    return;
  }
  const title = page.getByRole('heading', { name: figure, exact: true });
  await page.locator('figure.plot', { has: title }).screenshot({ path });
}
