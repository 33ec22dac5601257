import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { type Browser, type Page, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { renderHtml } from '../src/index.ts';
import { CHROMIUM_ARGS, findChromium } from './chromium.ts';
import { vectorReport, vectorSection } from './fixtures.ts';
import { fullSection } from './full-section.ts';
import { HOSTILE_EXAMPLES } from './hostile.ts';
import { resultReports } from './results.ts';

const executablePath = findChromium();
if (executablePath === undefined) {
  console.warn(
    'Skipped: no Chromium found. Install one, or name it in CLAMOR_CHROMIUM, to test the page in a browser.',
  );
}

describe.skipIf(executablePath === undefined)('renderHtml in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'clamor-report-'));
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: [...CHROMIUM_ARGS] });
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([400, 1280])('shows hostile mail without script, request, complaint or overflow at %i px', async (width) => {
    const { page, complaints, requests } = await open(width, hostilePage());
    const hacked = await page.evaluate('window.hacked');
    expect(hacked).toBeUndefined();
    expect(complaints).toEqual([]);
    expect(requests).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(await page.locator('.examples li').count()).toBe(HOSTILE_EXAMPLES[0]?.items.length);
    await page.close();
  });

  it.each([
    [400, 'narrow', 'wide'],
    [1280, 'wide', 'narrow'],
  ])('shows at %i px the plots drawn for it, and only those', async (width, shown, hidden) => {
    const { page } = await open(width, renderHtml(vectorReport('typical')));
    expect(await page.locator(`.${shown} > svg:visible`).count()).toBe(5);
    expect(await page.locator(`.${hidden} > svg:visible`).count()).toBe(0);
    await page.close();
  });

  it.each(['70 members', 'nobody is positive', 'one example'])('does not overflow at 400 px: %s', async (name) => {
    const { page, complaints } = await open(400, renderHtml(vectorReport(name)));
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(400);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each([400, 1280])(
    'shows every plot of a full section and every answer without overflow at %i px',
    async (width) => {
      const pages = [vectorReport('typical', fullSection()), ...resultReports()].map((report) => renderHtml(report));
      for (const html of pages) {
        const { page, complaints } = await open(width, html);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        expect(complaints).toEqual([]);
        await page.close();
      }
    },
  );

  it.each(['wide', 'narrow'])('cuts no text off at the edge of a plot: %s', async (size) => {
    const width = size === 'wide' ? 1280 : 400;
    const { page } = await open(width, renderHtml(vectorReport('typical', fullSection())));
    const outside = await page.locator(`.${size} > svg`).evaluateAll((drawings) =>
      drawings.flatMap((svg) => {
        const frame = svg.parentElement!.getBoundingClientRect();
        return [...svg.querySelectorAll('text')]
          .filter((text) => {
            const box = text.getBoundingClientRect();
            return box.left < frame.left - 1 || box.right > frame.right + 1;
          })
          .map((text) => text.textContent);
      }),
    );
    expect(outside).toEqual([]);
    await page.close();
  });

  it('applies its style sheet under its policy, in light and in dark', async () => {
    const { page } = await open(1280, renderHtml(vectorReport('typical')));
    const background = 'getComputedStyle(document.body).backgroundColor';
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await page.evaluate(background)).toBe('rgb(253, 252, 249)');
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await page.evaluate(background)).toBe('rgb(20, 22, 26)');
    await page.close();
  });

  async function open(width: number, html: string): Promise<{ page: Page; complaints: string[]; requests: string[] }> {
    const file = join(folder, `${width}.html`);
    writeFileSync(file, html);
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    const url = pathToFileURL(file).href;
    page.on('request', (request) => {
      if (request.url() !== url) requests.push(request.url());
    });
    await page.goto(url);
    return { page, complaints, requests };
  }
});

function hostilePage(): string {
  const explore = vectorSection('all at once', {
    split: 'valid',
    roles: ['explore'],
    uniqueExamples: HOSTILE_EXAMPLES,
  });
  const report = vectorReport('typical', { unreadable: 2, marks: ['<script>window.hacked = 6</script>'] });
  return renderHtml({ ...report, sections: [...report.sections, explore] });
}
