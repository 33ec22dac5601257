import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';

import { CHANGE, CONTEXT, GATE_CONTEXT, JOINT_OUTCOME, gateOutcome } from '../test/results.ts';
import { HOSTILE_TITLES } from '../test/hostile.ts';
import { type DecisionReport, renderJunit } from './index.ts';

const PASS: DecisionReport = { kind: 'gate', context: CONTEXT, result: gateOutcome(8, 0) };
const OPEN: DecisionReport = { kind: 'gate', context: CONTEXT, result: gateOutcome(3, 0) };
const FAIL: DecisionReport = { kind: 'gate', context: CONTEXT, result: gateOutcome(3, 9) };
const IDLE: DecisionReport = { kind: 'gate', context: CONTEXT, result: gateOutcome(0, 0) };

/** `name: state` of every case, in order. */
function casesOf(xml: string): string[] {
  const { document } = parseHTML(xml);
  return [...document.querySelectorAll('testcase')].map((each) => {
    const failure = each.querySelector('failure');
    const state =
      failure !== null
        ? `failure ${failure.getAttribute('type')}`
        : each.querySelector('skipped')
          ? 'skipped'
          : 'passed';
    return `${each.getAttribute('name')}: ${state}`;
  });
}

function casesWith(result: typeof CHANGE): string[] {
  return casesOf(renderJunit({ kind: 'change', context: CONTEXT, against: 'main', result }));
}

describe('renderJunit', () => {
  it('has a case for the decision and one per test', () => {
    expect(casesOf(renderJunit(PASS))).toEqual(['decision: passed', 'harm: passed', 'merit: passed']);
    expect(casesOf(renderJunit(FAIL))).toEqual([
      'decision: failure failed',
      'harm: failure failed',
      'merit: failure failed',
    ]);
    expect(casesOf(renderJunit(IDLE))).toEqual(['decision: skipped', 'harm: skipped', 'merit: skipped']);
  });

  it('makes an inconclusive decision a failure, or skips it when asked to', () => {
    expect(casesOf(renderJunit(OPEN))).toEqual([
      'decision: failure inconclusive',
      'harm: passed',
      'merit: failure inconclusive',
    ]);
    expect(casesOf(renderJunit(OPEN, { inconclusive: 'skipped' }))).toEqual([
      'decision: skipped',
      'harm: passed',
      'merit: skipped',
    ]);
  });

  it('tests a changed member on precision and recall, and on merit where that is asked', () => {
    const cases = ['decision: failure inconclusive', 'precision: passed', 'recall: failure inconclusive'];
    expect(casesWith(CHANGE)).toEqual(cases);
    const open = { ...CHANGE, raises: { ...CHANGE.raises, probability: 0.7, result: 'open' as const } };
    expect(casesWith(open)).toEqual([...cases, 'merit: skipped']);
  });

  it('has a suite per step of a joint gate and per candidate left over', () => {
    const { document } = parseHTML(renderJunit({ kind: 'joint', context: CONTEXT, result: JOINT_OUTCOME }));
    const names = [...document.querySelectorAll('testsuite')].map((suite) => suite.getAttribute('name'));
    expect(names).toEqual(['spam: urls', 'spam: loans', 'spam: caps']);
  });

  it('counts tests, failures and skips as they are, in every suite and in all', () => {
    const xml = renderJunit({ kind: 'joint', context: CONTEXT, result: JOINT_OUTCOME });
    const { document } = parseHTML(xml);
    for (const level of document.querySelectorAll('testsuites, testsuite')) {
      const count = (selector: string): string => String(level.querySelectorAll(selector).length);
      expect(['tests', 'failures', 'skipped', 'errors'].map((name) => level.getAttribute(name))).toEqual([
        count('testcase'),
        count('failure'),
        count('skipped'),
        '0',
      ]);
    }
  });

  it('gives the reason as the message', () => {
    const { document } = parseHTML(renderJunit(FAIL));
    expect(document.querySelector('failure')?.getAttribute('message')).toBe(FAIL.result.reason);
    expect(document.querySelector('property[name="suiteVersion"]')?.getAttribute('value')).toBe('9f2c1e07');
  });

  it.each(HOSTILE_TITLES.map((title, index) => [index, `${title}]]>\uFFFE\uFFFF`] as const))(
    'keeps hostile names text: %i',
    (_, name) => {
      const report: DecisionReport = {
        kind: 'gate',
        context: { ...CONTEXT, suite: name },
        result: { ...gateOutcome(3, 9), candidate: name, reason: name },
      };
      const xml = renderJunit(report);
      const outside = xml.replaceAll(/<!\[CDATA\[[^]*?\]\]>/g, '');
      const tags = [...outside.matchAll(/<(\/?[^\s/>]+)/g)].map(([, tag]) => tag!.replace('/', ''));
      expect(new Set(tags)).toEqual(
        new Set(['?xml', 'testsuites', 'testsuite', 'properties', 'property', 'testcase', 'failure', 'system-out']),
      );
      // What XML 1.0 allows, https://www.w3.org/TR/xml/#charsets
      expect(xml).toMatch(/^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u);
    },
  );

  it('rounds where a split gates', () => {
    const xml = renderJunit({ ...FAIL, context: GATE_CONTEXT });
    expect(xml).not.toMatch(/534|542|12 unique|\.\d\d\d/);
    expect(casesOf(xml)[0]).toBe('decision: failure failed');
  });
});
