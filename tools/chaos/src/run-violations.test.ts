import { describe, expect, it } from 'vitest';
import type { Reading } from './gauge.ts';
import { growth, quantiles, runViolations } from './run-violations.ts';

const reading: Reading = { heapMb: 20, rssMb: 200, handles: { Timeout: 1 }, threads: 11, children: 0 };
const counts = { asked: 10, answered: 8, aborted: 1, refused: 1 };
const report: Parameters<typeof runViolations>[0] = {
  seconds: 60,
  seed: 1,
  deadlineMs: 1000,
  verdicts: 10,
  traffic: { online: counts, batch: counts },
  latencyMs: { p50: 10, p99: 900, max: 2000 },
  operator: { changes: 0, reloads: 0, refusedChanges: 0, refusedReloads: 0 },
  sound: { judgements: 1000, late: 5 },
  outcomes: {},
  before: reading,
  during: Array.from({ length: 30 }, () => reading),
  after: reading,
};

describe('runViolations', () => {
  it('finds nothing wrong with a run that kept every promise', () => {
    expect(runViolations(report)).toEqual([]);
  });

  it('finds a request that was neither answered nor aborted nor refused', () => {
    const online = { ...counts, answered: 7 };
    expect(runViolations({ ...report, traffic: { online, batch: counts } })).toEqual([
      '1 of 10 online requests were lost',
    ]);
  });

  it('finds answers that come after the deadline', () => {
    const latencyMs = { ...report.latencyMs, p99: 2201 };
    expect(runViolations({ ...report, latencyMs })).toEqual([expect.stringContaining('slowest one in a hundred')]);
  });

  it('finds sound members that do not get their turn', () => {
    expect(runViolations({ ...report, sound: { judgements: 1000, late: 6 } })).toHaveLength(1);
  });

  it('finds memory that grows', () => {
    const during = report.during.map((each, i) => ({ ...each, heapMb: 20 + 2 * i }));
    expect(runViolations({ ...report, during })).toEqual([expect.stringContaining('megabytes of heap')]);
  });

  it('finds threads, processes and handles that are left', () => {
    const after = { ...reading, threads: 12, children: 1, handles: { Timeout: 1, MessagePort: 2 } };
    expect(runViolations({ ...report, after })).toHaveLength(3);
  });
});

describe('growth', () => {
  it('is the least of the last third minus that of the second', () => {
    const readings = Array.from({ length: 12 }, (_, i) => ({ ...reading, heapMb: i < 4 ? 99 : i }));
    expect(growth(readings, 'heapMb')).toBe(4);
  });

  it('is 0 for a run too short to tell', () => {
    expect(growth([reading, { ...reading, heapMb: 500 }], 'heapMb')).toBe(0);
  });
});

describe('quantiles', () => {
  it('takes the nearest rank', () => {
    expect(quantiles(Array.from({ length: 200 }, (_, i) => 200 - i))).toEqual({ p50: 100, p99: 198, max: 200 });
  });

  it('is 0 for no values', () => {
    expect(quantiles([])).toEqual({ p50: 0, p99: 0, max: 0 });
  });
});
