import { readFileSync } from 'node:fs';
import type { Attestations } from '../src/provenance/attestations.ts';

/** A package whose provenance was recorded. */
export interface RecordedProvenance {
  readonly package: string;
  readonly version: string;
  /** Of the tarball in the registry of npm. */
  readonly integrity: string;
  readonly repository: string;
  readonly attestations: Attestations;
}

/** A certificate of 2026, which names its source repository. */
export const PLAYWRIGHT: RecordedProvenance = {
  package: '@playwright/cli',
  version: '0.1.1',
  integrity: 'sha512-9k11ZfDwAfMVDDIuEVW1Wvs8SoDNXIY1dNQ+9C9/SS8ZmElkcxesu5eoL7vNa96ntibUGaq1TM2qQoqvdl/I9g==',
  repository: 'https://github.com/microsoft/playwright-cli',
  attestations: recorded('playwright-cli-0.1.1.json'),
};

/** A certificate of January 2023, from before certificates had that field. */
export const SIGSTORE: RecordedProvenance = {
  package: 'sigstore',
  version: '0.4.0',
  integrity: 'sha512-KCwMX6k20mQyFkNYG2XT3lwK9u1P36wS9YURFd85zCXPrwrSLZCEh7/vMBFNYcJXRiBtGDS+T4/RZZF493zABA==',
  repository: 'https://github.com/sigstore/sigstore-js',
  attestations: recorded('sigstore-0.4.0.json'),
};

/** The answer with its provenance edited: the same edit on the text of every provenance bundle. */
export function edited({ attestations }: RecordedProvenance, edit: (bundle: string) => string): Attestations {
  return {
    attestations: attestations.attestations.map(({ predicateType, bundle }) => ({
      predicateType,
      bundle: predicateType.includes('slsa.dev') ? (JSON.parse(edit(JSON.stringify(bundle))) as object) : bundle,
    })),
  };
}

/** The answer without provenance: what the registry has of a package that was published without it. */
export function publishOnly({ attestations }: RecordedProvenance): Attestations {
  return { attestations: attestations.attestations.filter((each) => !each.predicateType.includes('slsa.dev')) };
}

function recorded(file: string): Attestations {
  return JSON.parse(readFileSync(new URL(`fixtures/provenance/${file}`, import.meta.url), 'utf8')) as Attestations;
}
