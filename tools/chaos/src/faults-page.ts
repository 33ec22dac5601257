import { FAULTS, type Fault, type Isolation, promise } from './faults.ts';

const ISOLATIONS: readonly Isolation[] = ['inline', 'worker', 'process'];

/**
 * The table of docs/faults.md: one line per fault, one column per isolation. Each promise is a link to the test of that name,
 * `<isolation> > a member that <fault> <promise>`.
 */
export function faultTable(): string[] {
  return [
    `| a member that … | ${ISOLATIONS.join(' | ')} |`,
    `| --- | ${ISOLATIONS.map(() => '---').join(' | ')} |`,
    ...FAULTS.map(
      (fault) => `| ${fault.what} | ${ISOLATIONS.map((isolation) => cell(fault, isolation)).join(' | ')} |`,
    ),
  ];
}

function cell(fault: Fault, isolation: Isolation): string {
  return fault.isolations.includes(isolation) ? `[${promise(fault)}][fault suite]` : 'not covered';
}
