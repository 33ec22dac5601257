import type { FigureTable } from './figure-table.ts';
import type { PlotFigure } from './plots/plot-frame.ts';
import type { UniqueExamples } from './report.ts';

/**
 * What a report says, before anybody has decided how it looks: terminal, Markdown and HTML render the same one.
 *
 * Every string in it is plain text, bounded and without controls, but not escaped for any markup.
 */
export interface ReportDocument {
  /** What kind of report it is: `Clamor gate`. */
  readonly brand: string;
  readonly title: string;
  /** The answer in a word, for the first line of a comment; `null` where nothing was asked. */
  readonly answer: Answer | null;
  /** Versions and the like, each with its name. */
  readonly stamps: readonly Stamp[];
  readonly parts: readonly Part[];
  /** What a newcomer needs to read the figures. */
  readonly legend: readonly string[];
}

/** What was decided. */
export interface Answer {
  /** `pass` */
  readonly word: string;
  /** How it is marked; nothing is said by the mark alone. */
  readonly tone: 'good' | 'bad' | 'open' | 'idle';
}

/** A name and what it stands for; the value is somebody else's text. */
export interface Stamp {
  readonly label: string;
  readonly value: string;
}

/** Where a part is shown. */
export type Medium = 'terminal' | 'markdown' | 'html';

/** A piece of a document; without `media` it is shown everywhere. */
export type Part = { readonly media?: readonly Medium[] } & (
  | SectionPart
  | { readonly kind: 'heading'; readonly text: string }
  /** The sentence that somebody reads who reads only one; with the answer in a word where something was asked. */
  | { readonly kind: 'lead'; readonly text: string; readonly answer?: Answer }
  | { readonly kind: 'text'; readonly text: string }
  /** To be copied: not wrapped where the medium allows it, and no markup. */
  | { readonly kind: 'code'; readonly lines: readonly string[] }
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly tone: 'note' | 'finding' | 'warning' }
  /** `headline`: two columns, name and value, and a third that is said more quietly; HTML shows the values large. */
  | { readonly kind: 'table'; readonly table: FigureTable; readonly headline?: boolean }
  /** Folded in a comment and, unless it is `open`, on a page; a terminal cannot fold. */
  | { readonly kind: 'folded'; readonly summary: string; readonly open?: boolean; readonly parts: readonly Part[] }
  /** HTML only. Several stand beside each other. */
  | { readonly kind: 'plots'; readonly plots: readonly PlotFigure[] }
  /** HTML only: a comment and a terminal reach people who did not ask for hostile mail. */
  | { readonly kind: 'examples'; readonly groups: readonly UniqueExamples[] }
);

/** A part with a title of its own, for example a split. */
export interface SectionPart {
  readonly kind: 'section';
  /** What the title names: `Split`. */
  readonly eyebrow: string | null;
  readonly title: string;
  readonly description: string | null;
  readonly facts: readonly string[];
  readonly warnings: readonly string[];
  readonly parts: readonly Part[];
}

/** The parts that a medium shows. */
export function partsFor(medium: Medium, parts: readonly Part[]): readonly Part[] {
  return parts.filter((part) => part.media === undefined || part.media.includes(medium));
}
