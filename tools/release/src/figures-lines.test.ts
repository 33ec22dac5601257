import type { MemberRecord, StandAloneFigures } from '@clamor/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memberRecord, standAloneFigures } from '../test/records.ts';
import { figuresLines } from './figures-lines.ts';

const before = (fields: Partial<MemberRecord> = {}) => ({ version: '1.2.0', record: memberRecord(fields) });

describe('figuresLines', () => {
  it('says both figures of a release with their intervals and the data version', () => {
    const after = memberRecord({
      threshold: 0.25,
      artifact: { file: 'model.onnx', sha256: 'b'.repeat(64), sizeBytes: 1 },
      figures: [standAloneFigures({ precision: 0.98, precisionInterval: [0.97, 0.9876], recall: 0.5 })],
    });
    expect(figuresLines(before(), after)).toEqual([
      'Threshold 0.5 → 0.25, new weights.',
      'Stand-alone figures since 1.2.0, out of fold (spam@1, n = 100 as before): ' +
        'precision .900 (.800–.950) → .980 (.970–.988), recall .400 (.300–.500) → .500 (.300–.500), ' +
        'coverage 1.000 as before.',
    ]);
  });

  it('says so when nothing changed', () => {
    expect(figuresLines(before(), memberRecord())).toEqual([
      'Threshold 0.5 as in 1.2.0, weights as in 1.2.0.',
      'Stand-alone figures since 1.2.0, out of fold (spam@1, n = 100 as before): ' +
        'precision .900 (.800–.950) as before, recall .400 (.300–.500) as before, coverage 1.000 as before.',
    ]);
  });

  it('has no figures before the first release', () => {
    expect(figuresLines(null, memberRecord({ threshold: Math.fround(2.2077677249908447) }))).toEqual([
      'First release, threshold 2.20777.',
      'Stand-alone figures, out of fold (spam@1, n = 100): precision .900 (.800–.950), recall .400 (.300–.500), ' +
        'coverage 1.000.',
    ]);
  });

  it('says why a figure is undefined, before and after', () => {
    const none = { precision: null, precisionInterval: null };
    const blind = { recall: null, recallInterval: null };
    const [, line] = figuresLines(
      before({ figures: [standAloneFigures(blind)] }),
      memberRecord({ figures: [standAloneFigures(none)] }),
    );
    expect(line).toContain('precision .900 (.800–.950) → undefined (no positives),');
    expect(line).toContain('recall undefined (no positive labels) → .400 (.300–.500),');
  });

  it('marks figures over other data', () => {
    const fit = { ...memberRecord().fit, data: 'spam@2' };
    const [, line] = figuresLines(before(), memberRecord({ fit, figures: [standAloneFigures({ examples: 250 })] }));
    expect(line).toContain('(spam@1, n = 100 → spam@2, n = 250)');
    expect(line).toMatch(/Other data than before: the difference is not the member’s alone\.$/);
  });

  it('says which split was not measured on one side, and does not compare it', () => {
    const [, fresh, gone] = figuresLines(
      before({ figures: [standAloneFigures({ split: 'valid' })] }),
      memberRecord({ figures: [standAloneFigures({ split: 'later' })] }),
    );
    expect(fresh).toBe(
      'Stand-alone figures since 1.2.0, on later (spam@1, n = 100), not measured before: ' +
        'precision .900 (.800–.950), recall .400 (.300–.500), coverage 1.000.',
    );
    expect(gone).toContain('on valid (spam@1, n = 100), not measured any more; before: precision .900');
  });

  it('says that a record has no figures', () => {
    expect(figuresLines(null, memberRecord({ figures: [] }))).toContain(
      'No stand-alone figures are on record (spam@1).',
    );
  });

  it('speaks of no weights where a member is plain code', () => {
    const plain = memberRecord({ artifact: null });
    expect(figuresLines({ version: '1.0.0', record: plain }, plain)[0]).toBe(
      'Threshold 0.5 as in 1.0.0, no weights: plain code.',
    );
  });

  it('takes a record that has the two figures only, as its schema allows', () => {
    const { split, examples, positives, precision, recall } = standAloneFigures();
    const figures = [{ split, examples, positives, precision, recall } as StandAloneFigures];
    expect(figuresLines(null, memberRecord({ figures }))[1]).toBe(
      'Stand-alone figures, out of fold (spam@1, n = 100): precision .900, recall .400, coverage not on record.',
    );
  });

  it('prints neither NaN nor null, and no undefined without its reason, whatever a record holds', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const figures = fc.record({
      split: fc.constantFrom('out-of-fold', 'valid', 'later'),
      examples: fc.nat(),
      positiveLabels: fc.nat(),
      positives: fc.nat(),
      truePositives: fc.nat(),
      coverage: share,
      precision: fc.option(share),
      precisionInterval: fc.option(fc.tuple(share, share)),
      recall: fc.option(share),
      recallInterval: fc.option(fc.tuple(share, share)),
    });
    const record = fc
      .record({
        threshold: fc.float({ noNaN: true }),
        figures: fc.uniqueArray(figures, { selector: ({ split }) => split }),
      })
      .map(memberRecord);
    fc.assert(
      fc.property(fc.option(record), record, (old, now) => {
        const lines = figuresLines(old === null ? null : { version: '1.0.0', record: old }, now);
        expect(lines.join('\n')).not.toMatch(/NaN|null|undefined(?! \(no positive)/);
        expect(lines.length).toBeGreaterThanOrEqual(1 + Math.max(1, now.figures.length));
      }),
    );
  });
});
