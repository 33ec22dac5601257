/**
 * Switches onnxruntime's telemetry off. Call it on the main thread before the first session: the library reads the
 * variable once per process, and setting it inside a worker does nothing.
 *
 * @example disableTelemetry()
 */
export function disableTelemetry(): void {
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
}
