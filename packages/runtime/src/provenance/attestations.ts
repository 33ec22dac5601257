import { type JsonSchema } from '@clamor/contract';
import { type Check, createCheck } from '../discovery/validate.ts';

/** What the registry of npm answers about one version of a package. */
export interface Attestations {
  readonly attestations: readonly {
    /** What the registry says it is; what was signed may say otherwise. */
    readonly predicateType: string;
    /** A bundle of Sigstore. */
    readonly bundle: unknown;
  }[];
}

const SCHEMA: JsonSchema = {
  type: 'object',
  required: ['attestations'],
  properties: {
    attestations: {
      type: 'array',
      items: {
        type: 'object',
        required: ['predicateType', 'bundle'],
        properties: { predicateType: { type: 'string' }, bundle: { type: 'object' } },
      },
    },
  },
};

/** Checks the shape of an answer of the registry. */
export const checkAttestations: Check<Attestations> = createCheck<Attestations>(SCHEMA);

/** Larger answers are not read: those of npm have some 15 kB. */
const MAX_BYTES = 1_000_000;

/** Options of {@link fetchAttestations}. */
export interface FetchAttestationsOptions {
  /** Address of a registry, with or without a slash at its end. */
  readonly registry: string;
  readonly timeoutMs: number;
}

/**
 * Asks a registry for the attestations of one version.
 *
 * @returns `null` when the registry has none; otherwise what it answers, of which nothing is verified yet.
 * @throws {Error} when there is no usable answer.
 */
export async function fetchAttestations(
  { package: name, version }: { readonly package: string; readonly version: string },
  { registry, timeoutMs }: FetchAttestationsOptions,
): Promise<Attestations | null> {
  const base = registry.endsWith('/') ? registry : `${registry}/`;
  const url = `${base}-/npm/v1/attestations/${name.replace('/', '%2f')}@${encodeURIComponent(version)}`;
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  const checked = checkAttestations(JSON.parse(await readText(response, url)));
  if ('problem' in checked) throw new Error(`${url} answers something else than attestations: ${checked.problem}`);
  return checked.value;
}

async function readText(response: Response, url: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw new Error(`${url} answers more than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
