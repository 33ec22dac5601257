import { readFile } from 'node:fs/promises';
import { errorMessage } from '@clamor/contract';
import type { SignedEntity, Verifier } from '@sigstore/verify';
import type { Attestations } from './attestations.ts';
import { isFrom } from './source-repository.ts';

/** What provenance must show of a package. */
export interface ProvenanceClaim {
  readonly package: string;
  readonly version: string;
  /** Subresource integrity of the installed tarball, with a SHA-512. */
  readonly integrity: string;
  /** Repositories or owners, one of which it must be built from. */
  readonly sources: readonly string[];
}

/** What came of a verification. `missing`: there is no provenance among the attestations. */
export type ProvenanceResult = { readonly source: string } | { readonly missing: true } | { readonly problem: string };

/** Verifies without network: signatures, certificates and the entries of the transparency log, against a trusted root. */
export interface ProvenanceVerifier {
  verify(attestations: Attestations, claim: ProvenanceClaim): ProvenanceResult;
}

/** Issuers of identities to CI systems that npm accepts provenance from: what they certify is a repository and its workflow. */
const CI_ISSUERS = ['https://token.actions.githubusercontent.com', 'https://gitlab.com'];
const PROVENANCE = 'https://slsa.dev/provenance/';
const IN_TOTO = 'application/vnd.in-toto+json';
// https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md
const SOURCE_REPOSITORY = '1.3.6.1.4.1.57264.1.12';
/** Of certificates from before 2023. */
const GITHUB_REPOSITORY = '1.3.6.1.4.1.57264.1.5';

/**
 * Makes a verifier. The libraries of Sigstore are loaded here, so that nobody else pays for them.
 *
 * @param trustedRoot - Path of a trusted root; default the one that this version brings.
 * @throws {Error} when it cannot be read.
 */
export async function createProvenanceVerifier(trustedRoot?: string): Promise<ProvenanceVerifier> {
  const { TrustedRoot } = await import('@sigstore/protobuf-specs');
  const { bundleFromJSON } = await import('@sigstore/bundle');
  const { Verifier: SigstoreVerifier, toSignedEntity, toTrustMaterial } = await import('@sigstore/verify');
  const root: unknown =
    trustedRoot === undefined ? await ownTrustedRoot() : JSON.parse(await readFile(trustedRoot, 'utf8'));
  const verifier = new SigstoreVerifier(toTrustMaterial(TrustedRoot.fromJSON(root)), {
    tlogThreshold: 1,
    ctlogThreshold: 1,
    timestampThreshold: 1,
  });
  const open = (bundle: unknown): OpenedBundle => {
    const parsed = bundleFromJSON(bundle);
    if (parsed.content.$case !== 'dsseEnvelope') throw new Error('it signs a message, not a statement');
    return { entity: toSignedEntity(parsed), envelope: parsed.content.dsseEnvelope };
  };
  return {
    verify(attestations, claim) {
      const candidates = attestations.attestations.filter((each) => each.predicateType.startsWith(PROVENANCE));
      const results = candidates.map(({ bundle }) => verifyOne(verifier, () => open(bundle), claim));
      return results.find((result) => 'source' in result) ?? results[0] ?? { missing: true };
    },
  };
}

async function ownTrustedRoot(): Promise<unknown> {
  const { default: root } = await import('./trusted-root.json', { with: { type: 'json' } });
  return root;
}

interface OpenedBundle {
  readonly entity: SignedEntity;
  readonly envelope: { readonly payload: Buffer; readonly payloadType: string };
}

function verifyOne(verifier: Verifier, open: () => OpenedBundle, claim: ProvenanceClaim): ProvenanceResult {
  try {
    const { entity, envelope } = open();
    // Throws unless signature, certificate and log entry hold; nothing below is read from what nobody signed.
    const { identity } = verifier.verify(entity);
    const issuer = identity?.extensions?.issuer ?? 'nobody';
    if (!CI_ISSUERS.includes(issuer))
      return { problem: `it is signed in the name of ${issuer}, which is no CI system` };
    const problem = statementProblem(envelope, claim);
    if (problem !== null) return { problem };
    const source = certifiedSource(entity);
    if (source === null) return { problem: 'its certificate names no source repository' };
    if (claim.sources.some((wanted) => isFrom(source, wanted))) return { source };
    return { problem: `it was built from ${source}, and accepted is ${claim.sources.join(', ') || 'nothing'}` };
  } catch (error) {
    return { problem: `it does not verify: ${errorMessage(error)}` };
  }
}

/** Whether what was signed is provenance of this very tarball. */
function statementProblem({ payload, payloadType }: OpenedBundle['envelope'], claim: ProvenanceClaim): string | null {
  if (payloadType !== IN_TOTO) return `it signs ${payloadType}, not ${IN_TOTO}`;
  const statement = JSON.parse(payload.toString('utf8')) as Partial<Statement>;
  if (statement.predicateType?.startsWith(PROVENANCE) !== true) {
    return `it signs a ${statement.predicateType ?? 'statement of no type'}, not provenance`;
  }
  const wanted = `pkg:npm/${claim.package.replace(/^@/, '%40')}@${claim.version}`;
  const subjects = statement.subject ?? [];
  const subject = subjects.find((each) => each.name === wanted);
  if (subject === undefined)
    return `it is about ${subjects.map((each) => each.name).join(', ') || 'nothing'}, not ${wanted}`;
  const hashes = claim.integrity.split(' ').filter((each) => each.startsWith('sha512-'));
  const hexes = hashes.map((each) => Buffer.from(each.slice('sha512-'.length), 'base64').toString('hex'));
  const signed = subject.digest?.sha512 ?? 'none';
  return hexes.includes(signed)
    ? null
    : `it is about another tarball (SHA-512 ${signed}), not the installed ${claim.integrity}`;
}

/** What an in-toto statement says, as far as it is read. */
interface Statement {
  readonly predicateType: string;
  readonly subject: readonly { readonly name: string; readonly digest?: { readonly sha512?: string } }[];
}

function certifiedSource({ key }: SignedEntity): string | null {
  if (key.$case !== 'certificate') return null;
  const { certificate } = key;
  const address = certificate.extension(SOURCE_REPOSITORY)?.valueObj.subs[0]?.value.toString('utf8');
  if (address !== undefined) return address;
  const name = certificate.extension(GITHUB_REPOSITORY)?.value.toString('utf8');
  return name === undefined ? null : `https://github.com/${name}`;
}
