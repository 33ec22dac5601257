import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULTS } from '../src/faults.ts';
import { formatReport } from '../src/format-report.ts';
import { type InstalledHost, installHost } from '../src/install-host.ts';
import { runLong } from '../src/long-run.ts';

// Whoever is tried until its deadline is up leaves no time for the others in so short a run.
const QUICK = FAULTS.filter(({ at, says }) => at === 'score' || !says.includes('MEMBER_LOAD_TIMEOUT'));

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
      const report = await runLong({ host: host.dir, seconds: 6, seed: 1, faults: QUICK });
      expect(report.violations, formatReport(report)).toEqual([]);
      expect(report.verdicts).toBeGreaterThan(100);
      expect(report.operator.changes).toBeGreaterThan(0);
    },
  );
});
