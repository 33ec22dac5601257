import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatReport } from '../src/format-report.ts';
import { type InstalledHost, installHost } from '../src/install-host.ts';
import { runLong } from '../src/long-run.ts';

let host: InstalledHost;
beforeAll(() => {
  host = installHost();
}, 120_000);
afterAll(() => host.remove());

describe('runLong', () => {
  it(
    'loses no request, gives no wrong verdict and leaves nothing behind while hostile members come and go',
    { tags: ['slow'] },
    async () => {
      const report = await runLong({ host: host.dir, seconds: 6, seed: 1 });
      expect(report.violations, formatReport(report)).toEqual([]);
      expect(report.verdicts).toBeGreaterThan(500);
      expect(Object.keys(report.outcomes).length).toBeGreaterThan(3);
      expect(report.operator.changes).toBeGreaterThan(3);
    },
  );
});
