/** The encoding process: loads one encoder, then gives rows for texts. It is killed when nobody wants more. */
import { type FailureReason, type LoadedEncoder, errorMessage } from '@clamor/contract';
import { ProblemError } from '../execution/problem-error.ts';
import type { MemberProblem } from '../execution/worker-protocol.ts';
import { callEncoder } from './call-encoder.ts';
import type { EncodeAnswer, EncodeRequest } from './encode-protocol.ts';
import { loadEncoder } from './load-encoder.ts';

// Taken before the encoder can put its own in its place.
const send = process.send?.bind(process);
delete (process as { send?: unknown }).send;

let loaded: LoadedEncoder | null = null;
let width = 0;

async function answer(request: EncodeRequest): Promise<EncodeAnswer> {
  if (request.kind === 'load') {
    ({ width } = request.encoder.record);
    loaded = await loadEncoder(request.encoder);
    return { kind: 'ready' };
  }
  const { texts, deadline } = request;
  const encoded = await callEncoder(loaded!, texts, { width, deadline });
  const rows = new Float32Array(texts.length * width);
  const reasons: [number, FailureReason][] = [];
  for (const [i, each] of encoded.entries()) {
    if (each instanceof Float32Array) rows.set(each, i * width);
    else reasons.push([i, each]);
  }
  return { kind: 'rows', rows, reasons };
}

function problemOf(error: unknown): MemberProblem {
  if (error instanceof ProblemError) return error.problem;
  const todo = 'Report it to the owner of the encoder.';
  return { code: 'ENCODER_LOAD_FAILED', found: errorMessage(error), wanted: 'an encoder that loads', todo };
}

process.on('message', (request: EncodeRequest) => {
  void answer(request)
    .catch((error: unknown): EncodeAnswer => ({ kind: 'problem', problem: problemOf(error) }))
    .then((message) => send?.(message));
});
// Without whoever asked nobody wants what it does.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
