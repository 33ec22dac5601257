import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { SUITE_EVENTS } from '../src/telemetry/events.ts';
import { SUITE_METRICS } from '../src/telemetry/metric-table.ts';
import { SUITE_SPANS } from '../src/telemetry/spans.ts';

const page = readFileSync(new URL('../../../docs/telemetry.md', import.meta.url), 'utf8');

/** The rows of the table whose first column has this heading, cells without their code marks. */
function rows(heading: string): string[][] {
  const lines = page.split('\n');
  const start = lines.findIndex((line) => new RegExp(`^\\| ${heading} +\\|`).test(line));
  const table = lines.slice(start + 2);
  const end = table.findIndex((line) => !line.startsWith('|'));
  return table.slice(0, end).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.replaceAll('`', '').trim()),
  );
}

describe('docs/telemetry.md', () => {
  it('has every event with what it says in the code, and no other', () => {
    expect(rows('event')).toEqual(Object.entries(SUITE_EVENTS));
  });

  it('has every metric with kind, unit, description and attributes, and no other', () => {
    expect(rows('metric')).toEqual(
      Object.entries(SUITE_METRICS).map(([name, { kind, unit, description, attributes }]) => [
        name,
        kind,
        unit,
        description,
        attributes.join(', '),
      ]),
    );
  });

  it('has every span, and no other', () => {
    expect(rows('span')).toEqual(Object.entries(SUITE_SPANS));
  });
});
