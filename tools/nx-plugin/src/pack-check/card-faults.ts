import type { PackFault, PackedRecord } from './pack-faults.ts';

const PARTS = ['**What it flags.**', '**How.**', '**Known failures.**'];
/** Sentences of the generator that the owner of a trained member replaces. */
const PLACEHOLDERS = ['It was made by `@clamor/nx:member`', 'Nothing yet:', 'It knows nothing of the decision'];

/**
 * What the card of a member, its README, leaves open: whoever installs it must learn what it flags, on what data it was fitted,
 * its figures by itself with their number of examples, its threshold and its known failures.
 */
export function cardFaults(readme: string, { fit, figures = [] }: PackedRecord): PackFault[] {
  const faults: string[] = [];
  const at = readme.indexOf('\n## Card\n');
  const card = at < 0 ? '' : readme.slice(at);
  if (at < 0) faults.push('has no section "## Card"');
  for (const part of PARTS) {
    if (!/^ \S/.test(card.split(part)[1] ?? '')) faults.push(`does not say "${part} …"`);
  }
  if (!/\bThreshold: \S/.test(card)) faults.push('does not say "Threshold: …"');
  const rows = card.split('\n').map((line) =>
    line
      .split('|')
      .slice(1)
      .map((cell) => cell.trim()),
  );
  const data = fit?.data ?? 'none';
  if (data === 'none') faults.push('is of a member that was fitted on nothing: train it');
  else if (!card.includes(data)) faults.push(`does not name the data of the record, ${data}`);
  if (figures.length === 0) faults.push('has no figures, and neither has the record');
  for (const { split, examples } of figures) {
    if (!rows.some(([first, second]) => first === split && second === String(examples))) {
      faults.push(`has no row "| ${split} | ${examples} | …" for the figures of the record`);
    }
  }
  for (const placeholder of PLACEHOLDERS) {
    if (readme.includes(placeholder)) faults.push(`still says "${placeholder} …", which the generator wrote`);
  }
  return faults.map((fault) => ({ code: 'PACK_CARD_INCOMPLETE', message: `README.md ${fault}.` }));
}
