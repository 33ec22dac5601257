/** A part of a page to be shown in docs/reports.md. */
export interface Picture {
  /** File name in docs/images, without extension. */
  readonly name: string;
  readonly page: 'suite' | 'gate';
  /** Title of the figure that is photographed; `null` for the top of the page. */
  readonly figure: string | null;
  /** Pixels: 1280 is a desk, 400 a telephone. */
  readonly width: 1280 | 400;
  readonly scheme: 'light' | 'dark';
  /** What a reader sees in it. */
  readonly sentence: string;
}

const WIDE = { page: 'suite', width: 1280, scheme: 'light' } as const;

/** All of them, in the order of the document. Examples to read are in none: no mail is committed. */
export const PICTURES: readonly Picture[] = [
  {
    ...WIDE,
    name: 'suite',
    figure: null,
    sentence: 'The top of a split: one sentence, three figures with intervals and counts, and a row per member.',
  },
  {
    ...WIDE,
    name: 'unique-precision',
    figure: 'Unique precision of each member',
    sentence: 'The blueprint at a glance: the unique precision of every member against the line of the suite.',
  },
  {
    ...WIDE,
    name: 'precision-recall',
    figure: 'Precision and recall while thresholds move',
    sentence: 'Precision over recall for the suite and each member; the dot is where the thresholds of today put it.',
  },
  {
    ...WIDE,
    name: 'thresholds',
    figure: 'Unique precision and suite precision over the threshold',
    sentence: 'What each owner could do with a threshold while everybody else stands still.',
  },
  {
    ...WIDE,
    name: 'positive-sets',
    figure: 'Which members are positive together',
    sentence: 'An UpSet plot: who is positive with whom, and where the false positives lie.',
  },
  {
    ...WIDE,
    name: 'overlap',
    figure: 'How much two members overlap',
    sentence: 'Which two members say the same.',
  },
  {
    ...WIDE,
    name: 'slices',
    figure: 'Recall by slice, the worst first',
    sentence: 'Where recall is worst, with intervals that hold for all slices at once.',
  },
  {
    ...WIDE,
    name: 'positive-sets-dark',
    figure: 'Which members are positive together',
    scheme: 'dark',
    sentence: 'Dark where the reader’s system is dark.',
  },
  {
    ...WIDE,
    name: 'suite-phone',
    figure: null,
    width: 400,
    sentence: 'The same page on a telephone.',
  },
  {
    ...WIDE,
    name: 'unique-precision-phone',
    figure: 'Unique precision of each member',
    width: 400,
    sentence: 'Plots are drawn twice, so that text keeps its size.',
  },
  {
    name: 'gate',
    page: 'gate',
    figure: null,
    width: 1280,
    scheme: 'light',
    sentence:
      'A gate’s answer (made-up counts, 3 of 3 unique positives beside 534 of 542): the blueprint’s line, the decision, before and after.',
  },
  {
    name: 'gate-phone',
    page: 'gate',
    figure: null,
    width: 400,
    scheme: 'light',
    sentence: 'The same on a telephone.',
  },
];
