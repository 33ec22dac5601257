import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { ABSTAINED, type MemberRecord, type Sample, type ScoreColumn } from '@clamor/contract';
import type { EncodeTexts } from '@clamor/onnx';
import { parseExample } from '@clamor/runtime';
import { suite } from '@clamor/spam';
import { evaluation } from '@clamor/spam-evaluation';

import { renderCard, replaceCard, type Timing } from './card.ts';
import type { FitExample } from './fit.ts';
import { fitIds, RELEASE } from './fit-plan.ts';
import { readJson, writeJson } from './json-file.ts';
import { memberRecord, standAloneFigures } from './record.ts';
import { scoreExamples } from './score-examples.ts';
import { ROOT, type WorkspaceMember } from './workspace.ts';

/** A member of the release fit. */
export interface FittedMember {
  readonly member: WorkspaceMember;
  /** Holds its `model.onnx`. */
  readonly folder: string;
  /** Out of fold, shape [n]. */
  readonly column: ScoreColumn;
  readonly threshold: number;
  /** Shape [n]: the mails of the column. */
  readonly mails: readonly FitExample[];
  readonly encode: EncodeTexts;
}

/** Where {@link writeMember} writes. */
export interface WriteMemberOptions {
  /** Root of the repository, or of a tree with its layout. */
  readonly out: string;
  /** Keeps the committed time, which differs from run to run and says nothing of a check. */
  readonly keepTiming: boolean;
}

const TIMED_WITH_ENCODER = 256;

/** Writes the artifact, record, samples, timing and card of a member, each from those before it. */
export async function writeMember(fitted: FittedMember, { out, keepTiming }: WriteMemberOptions): Promise<void> {
  const { classifier, found, name, recipe } = fitted.member;
  const { column, threshold, mails } = fitted;
  const dir = join(out, relative(ROOT, found.dir));
  await mkdir(join(dir, 'assets'), { recursive: true });
  await mkdir(join(dir, 'training'), { recursive: true });
  const artifact = await readFile(join(fitted.folder, 'model.onnx'));
  const previous = await readJson<MemberRecord>(join(found.dir, 'assets/record.json')).catch(() => null);
  const ids = fitIds(RELEASE);
  const record = memberRecord({
    classifier,
    artifact,
    threshold,
    encoder: fitted.member.encoder,
    abstains: recipe.abstains === true || column.status.includes(ABSTAINED),
    data: evaluation.dataset,
    seed: recipe.seed,
    weights: ids.weights,
    thresholdIds: ids.threshold,
    figures: [
      standAloneFigures(
        'out-of-fold',
        mails.map(({ label }) => label),
        { name, column, threshold },
      ),
    ],
  });
  const isSame = previous?.artifact?.sha256 === record.artifact?.sha256;
  await writeFile(join(dir, 'assets/model.onnx'), artifact);
  await writeJson(join(dir, 'assets/record.json'), record);
  await writeSamples(fitted, artifact, join(dir, 'assets/samples.jsonl'));
  const timing = keepTiming || isSame ? await readTiming(fitted) : await measureTiming(fitted, artifact);
  await writeJson(join(dir, 'training/timing.json'), timing);
  const readme = await readFile(join(found.dir, 'README.md'), 'utf8');
  await writeFile(join(dir, 'README.md'), replaceCard(readme, renderCard(record, timing)));
}

async function readTiming({ member }: FittedMember): Promise<Timing> {
  return readJson<Timing>(join(member.found.dir, 'training/timing.json'));
}

/** Of a member on an encoder, a bounded number of mails spread over all: what it costs is the encoder, mail by mail. */
async function measureTiming({ member, mails }: FittedMember, artifact: Uint8Array): Promise<Timing> {
  const step = member.encoder === null ? 1 : Math.ceil(mails.length / TIMED_WITH_ENCODER);
  const examples = mails.filter((_, i) => i % step === 0).map(({ example }) => example);
  const { microsPerExample } = await scoreExamples(member.classifier, artifact, examples);
  return { microsPerExample: Math.round(microsPerExample), examples: examples.length };
}

async function writeSamples(fitted: FittedMember, artifact: Uint8Array, file: string): Promise<void> {
  const { classifier, found } = fitted.member;
  const text = await readFile(join(found.dir, 'assets/samples.jsonl'), 'utf8');
  const samples = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Sample);
  const examples: unknown[] = [];
  for (const { key, input } of samples) {
    const parsed = await parseExample(suite, input);
    if ('error' in parsed) throw new Error(`Sample ${key} of ${found.package}: ${parsed.error.message}`);
    examples.push(parsed.example);
  }
  const { column } = await scoreExamples(classifier, artifact, examples, fitted);
  const lines = samples.map(({ key, input }, i) =>
    JSON.stringify({ key, input, score: column.status[i] === ABSTAINED ? null : column.scores[i] }),
  );
  await writeFile(file, `${lines.join('\n')}\n`);
}
