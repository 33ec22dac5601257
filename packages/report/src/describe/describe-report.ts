import type { ReportDocument } from '../document.ts';
import { plainReport } from '../plain-report.ts';
import type { ShownReport } from '../rounding/shown-report.ts';
import { adviceDocument } from './advice-document.ts';
import { changeDocument } from './change-document.ts';
import { compareDocument } from './compare-document.ts';
import { gateDocument } from './gate-document.ts';
import { jointDocument } from './joint-document.ts';
import { labelDocument } from './label-document.ts';
import { queueDocument } from './queue-document.ts';
import { suiteDocument } from './suite-document.ts';
import { tuneDocument } from './tune-document.ts';
import { unionDocument } from './union-document.ts';

/** What a report says to people. */
export function describeReport(report: ShownReport): ReportDocument {
  const plain = plainReport(report);
  switch (plain.kind) {
    case 'suite':
      return suiteDocument(plain);
    case 'gate':
      return gateDocument(plain);
    case 'change':
      return changeDocument(plain);
    case 'joint':
      return jointDocument(plain);
    case 'advice':
      return adviceDocument(plain);
    case 'tune':
      return tuneDocument(plain);
    case 'union':
      return unionDocument(plain);
    case 'label':
      return labelDocument(plain);
    case 'compare':
      return compareDocument(plain);
    case 'queue':
      return queueDocument(plain);
  }
}
