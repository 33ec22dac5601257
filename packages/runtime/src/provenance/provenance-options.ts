/** What is demanded of the provenance of members, and where it is looked up. */
export interface ProvenanceOptions {
  /**
   * Where members may be built from: a repository (`https://github.com/acme/spam`) or an owner (`https://github.com/acme`). Default:
   * the repository that the package.json of the member itself names, which shows where it was built, not that you trust the place.
   */
  readonly sources?: readonly string[];
  /** Address of the registry that is asked; default the one that npm's lockfile names, otherwise the one npm is configured with. */
  readonly registry?: string;
  /** Folder where attestations are kept, so that the next start needs no network; default in node_modules of the host. */
  readonly cache?: string;
  /** Path of a trusted root of Sigstore; default the one that this version brings. */
  readonly trustedRoot?: string;
  /** Milliseconds that the registry may take per package; default 10,000. */
  readonly timeoutMs?: number;
}
