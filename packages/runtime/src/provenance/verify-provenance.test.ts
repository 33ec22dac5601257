import { beforeAll, describe, expect, it } from 'vitest';
import { PLAYWRIGHT, type RecordedProvenance, SIGSTORE, edited, publishOnly } from '../../test/provenance-fixtures.ts';
import type { Attestations } from './attestations.ts';
import {
  type ProvenanceClaim,
  type ProvenanceResult,
  type ProvenanceVerifier,
  createProvenanceVerifier,
} from './verify-provenance.ts';

let verifier: ProvenanceVerifier;
beforeAll(async () => {
  verifier = await createProvenanceVerifier();
});

function claim(recorded: RecordedProvenance, changes: Partial<ProvenanceClaim> = {}): ProvenanceClaim {
  const { package: name, version, integrity, repository } = recorded;
  return { package: name, version, integrity, sources: [repository], ...changes };
}
const verify = (attestations: Attestations, changes: Partial<ProvenanceClaim> = {}): ProvenanceResult =>
  verifier.verify(attestations, claim(PLAYWRIGHT, changes));
const problem = (text: string): unknown => ({ problem: expect.stringContaining(text) as unknown });

/** Real provenance with a part of another real one. */
function swap(name: 'sig' | 'rawBytes'): Attestations {
  const pattern = new RegExp(`"${name}":"([^"]+)"`);
  const other = pattern.exec(JSON.stringify(edited(SIGSTORE, (text) => text)))?.[0] ?? '';
  return edited(PLAYWRIGHT, (text) => text.replace(pattern, other));
}

describe('createProvenanceVerifier', () => {
  it.each([[PLAYWRIGHT], [SIGSTORE]])('accepts real provenance: $package', (recorded) => {
    expect(verifier.verify(recorded.attestations, claim(recorded))).toEqual({ source: recorded.repository });
  });

  it('accepts every repository of an owner', () => {
    expect(verify(PLAYWRIGHT.attestations, { sources: ['https://github.com/microsoft'] })).toHaveProperty('source');
  });

  it('says that there is no provenance, though there is another attestation', () => {
    expect(verify(publishOnly(PLAYWRIGHT))).toEqual({ missing: true });
    expect(verify({ attestations: [] })).toEqual({ missing: true });
  });

  it('does not take provenance for what the registry only calls so', () => {
    const renamed = publishOnly(PLAYWRIGHT).attestations.map((each) => ({
      ...each,
      predicateType: 'https://slsa.dev/provenance/v1',
    }));
    expect(verify({ attestations: renamed })).toEqual(problem('does not verify'));
  });

  it('refuses provenance of another version, package or tarball', () => {
    expect(verify(PLAYWRIGHT.attestations, { version: '0.1.2' })).toEqual(
      problem('pkg:npm/%40playwright/cli@0.1.1, not pkg:npm/%40playwright/cli@0.1.2'),
    );
    expect(verify(PLAYWRIGHT.attestations, { package: '@evil/cli' })).toEqual(problem('not pkg:npm/%40evil/cli'));
    expect(verify(PLAYWRIGHT.attestations, { integrity: SIGSTORE.integrity })).toEqual(problem('another tarball'));
    expect(verify(SIGSTORE.attestations)).toEqual(problem('it is about pkg:npm/sigstore@0.4.0'));
  });

  it('refuses provenance from another repository', () => {
    expect(verify(PLAYWRIGHT.attestations, { sources: ['https://github.com/microsoft/playwright'] })).toEqual(
      problem('built from https://github.com/microsoft/playwright-cli, and accepted is'),
    );
    expect(verify(PLAYWRIGHT.attestations, { sources: [] })).toEqual(problem('accepted is nothing'));
  });

  it('refuses a statement that was edited after it was signed', () => {
    const forged = edited(PLAYWRIGHT, (text) => {
      const bundle = JSON.parse(text) as { dsseEnvelope: { payload: string } };
      const statement = Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString();
      bundle.dsseEnvelope.payload = Buffer.from(statement.replace('0.1.1', '0.1.2')).toString('base64');
      return JSON.stringify(bundle);
    });
    expect(verify(forged, { version: '0.1.2' })).toEqual(problem('does not verify'));
  });

  it('refuses another signature, another certificate, and no entry in the log', () => {
    expect(verify(swap('sig'))).toEqual(problem('does not verify'));
    expect(verify(swap('rawBytes'))).toEqual(problem('does not verify'));
    const unlogged = edited(PLAYWRIGHT, (text) => {
      const bundle = JSON.parse(text) as { verificationMaterial: { tlogEntries: unknown[] } };
      bundle.verificationMaterial.tlogEntries = [];
      return JSON.stringify(bundle);
    });
    expect(verify(unlogged)).toEqual(problem('does not verify'));
  });

  it('refuses what is no bundle', () => {
    expect(verify({ attestations: [{ predicateType: 'https://slsa.dev/provenance/v1', bundle: {} }] })).toEqual(
      problem('does not verify'),
    );
  });
});
