/** Rows of an encoder by text. */
export interface EncodingColumn {
  /** Shape [n, 32]: SHA-256 of each text in UTF-8, one after the other. */
  readonly keys: Uint8Array;
  /** Shape [n, width], row by row. */
  readonly rows: Float32Array;
}

/**
 * Where rows of an encoder come from and go to besides the cache in memory: files beside a dataset, say. The runtime touches no file
 * itself.
 */
export interface EncodingSource {
  /**
   * Rows that are known of an encoder, asked once per load and reload. What they hold must be what the encoder would give.
   *
   * @param encoderHash - See `SuiteEncoder`.
   * @returns Over SharedArrayBuffers, so that no worker has a copy (otherwise each gets one); `null` for none.
   */
  known(encoderHash: string): EncodingColumn | null | Promise<EncodingColumn | null>;
  /** Takes rows that were encoded anew, batch by batch; a text may come twice. What it throws ends the run. */
  add(encoderHash: string, column: EncodingColumn): void;
}
