import {
  type OnnxClassifier,
  SCORED,
  type ScoreColumn,
  errorMessage,
  failedColumn,
  freezeExample,
  scoreColumn,
} from '@clamor/contract';
import { loadOnnxClassifier } from '@clamor/onnx';
import { type Mail, parseMail } from '@clamor/spam';
import { type BaselineColumn, type BaselineRequest, type StoredColumn, idSetRecord } from '@clamor/store';

import { type BaselineFit, DATA, readBaselineFits } from './artifacts.ts';
import { spamExamples } from './dataset.ts';
import { type JointMember, jointClassifier } from './joint-classifier.ts';
import { spamSplits } from './splits.ts';
import { stackColumn } from './stack-column.ts';
import { readStoredColumns } from './stored-columns.ts';

const RELEASE = 'on out-of-fold scores of train and valid';
const LATER = 'on out-of-fold scores of later-train and later-valid';

/**
 * What one classifier by itself reaches, beside the suite: the best single member, one joint model over all members'
 * features, and a stack of their scores. Fitted on the same mails as the members, thresholds for the policy's precision
 * floor. A baseline that needs a member that is not there has failed on every example, with the reason.
 */
export async function spamBaselines(request: BaselineRequest): Promise<BaselineColumn[]> {
  const fits = await readBaselineFits();
  const isLater = request.split === 'later';
  const fit = isLater ? fits.later : fits.release;
  const stored = (await readStoredColumns(request.split))?.filter(({ manifest }) => manifest.kind === 'baseline');
  const about = {
    fit: fitOf(isLater ? ['later-train'] : ['train'], isLater ? ['later-train', 'later-valid'] : ['train', 'valid']),
    outOfFold: stored !== undefined && !isLater,
  };
  const chosen = isLater ? LATER : RELEASE;
  return [
    { ...about, ...bestSingle(request, fit, chosen) },
    {
      ...about,
      name: 'joint model',
      description: `One logistic regression over the features of all members; threshold chosen ${chosen}.`,
      threshold: fit.joint.threshold,
      column: stored === undefined ? await scoreJoint(request, fit) : storedColumn(request, stored, 'joint model'),
    },
    {
      ...about,
      name: 'stack of the scores',
      description: `Logistic regression on the scores of all members, fitted and its threshold chosen ${chosen}.`,
      threshold: fit.stack.threshold,
      column: about.outOfFold ? storedColumn(request, stored ?? [], 'stack of the scores') : scoreStack(request, fit),
    },
  ];
}

function fitOf(weights: readonly string[], threshold: readonly string[]): NonNullable<BaselineColumn['fit']> {
  return { weights: idSetOf(weights), threshold: idSetOf(threshold) };
}

function idSetOf(names: readonly string[]) {
  return idSetRecord(spamSplits.filter(({ name }) => names.includes(name)));
}

function bestSingle({ members, ids }: BaselineRequest, fit: BaselineFit, chosen: string) {
  const { name, threshold } = fit.bestSingle;
  const member = members.find((candidate) => candidate.name === name);
  return {
    name: `best single member (${name})`,
    description: `The member with the highest recall by itself, at a threshold of its own; both chosen ${chosen}.`,
    threshold,
    column: member?.column ?? notAvailable(ids.length, `member ${name}`),
  };
}

function scoreStack({ members, ids }: BaselineRequest, fit: BaselineFit): ScoreColumn {
  const columns = fit.stack.members.map(({ name }) => members.find((member) => member.name === name)?.column);
  const missing = fit.stack.members.filter((_, j) => columns[j] === undefined).map(({ name }) => name);
  if (missing.length > 0) return notAvailable(ids.length, `member ${missing.join(', ')}`);
  return stackColumn(fit.stack, columns as ScoreColumn[]);
}

async function scoreJoint(request: BaselineRequest, fit: BaselineFit): Promise<ScoreColumn> {
  const loaded = await loadJointMembers(fit.joint.members);
  if (!Array.isArray(loaded)) return notAvailable(request.ids.length, loaded.needs);
  const joint = await loadOnnxClassifier(jointClassifier(new URL('joint.onnx', DATA), loaded));
  try {
    const wanted = new Map(request.ids.map((id, i) => [id, i]));
    const scores = new Float32Array(request.ids.length);
    const reasons = new Map<number, { code: string; message: string }>();
    for await (const { id, input } of spamExamples(request.split)) {
      const i = wanted.get(id);
      if (i === undefined) continue;
      request.signal?.throwIfAborted();
      const mail = freezeExample(await parseMail(input));
      const column = await joint.score([mail], { signal: AbortSignal.timeout(60_000), deadline: Date.now() + 60_000 });
      scores[i] = column.scores[0]!;
      if (column.status[0] !== SCORED) reasons.set(i, { code: 'BASELINE_FAILED', message: 'The joint model failed.' });
    }
    return scoreColumn(scores, undefined, reasons);
  } finally {
    await joint.close();
  }
}

/** The members are found by name when a baseline is asked for, so that any of them can be deleted. */
async function loadJointMembers(names: readonly string[]): Promise<JointMember[] | { needs: string }> {
  const members: JointMember[] = [];
  for (const name of names) {
    try {
      const entry = (await import(`@clamor/spam-${name}`)) as { classifier: OnnxClassifier<Mail> };
      members.push({ name, classifier: entry.classifier });
    } catch (error) {
      return { needs: `member ${name} (${errorMessage(error).split('\n')[0]})` };
    }
  }
  return members;
}

function storedColumn({ ids }: BaselineRequest, stored: readonly StoredColumn[], name: string): ScoreColumn {
  const found = stored.find(({ manifest }) => manifest.name === name);
  if (found === undefined) return notAvailable(ids.length, `the stored column of the ${name}`);
  const places = new Map(found.ids.map((id, i) => [id, i]));
  const at = ids.map((id) => places.get(id) ?? -1);
  return scoreColumn(
    at.map((i) => found.column.scores[i] ?? Number.NaN),
    at.map((i) => found.column.status[i] ?? SCORED),
  );
}

function notAvailable(length: number, needs: string): ScoreColumn {
  return failedColumn(length, { code: 'BASELINE_UNAVAILABLE', message: `not available: needs ${needs}` });
}
