/** A table of figures before anybody has decided how it looks: terminal, Markdown and HTML render the same one. */
export interface FigureTable {
  /** One sentence: what the rows are and on how much they were counted. */
  readonly caption: string;
  readonly columns: readonly FigureColumn[];
  readonly rows: readonly FigureRow[];
}

/** A column; the first one names the row. */
export interface FigureColumn {
  readonly heading: string;
  /** Heading above neighbouring columns of the same group. */
  readonly group?: string;
  /** Figures stand right, words left. */
  readonly align: 'left' | 'right';
  /** Columns of a terminal that the content needs; the heading may wrap. */
  readonly width: number;
}

/** A row; `strong` marks the one that the others are read against. */
export interface FigureRow {
  readonly cells: readonly FigureCell[];
  readonly strong?: boolean;
}

/** A cell. Text is plain but not escaped: the renderer escapes it. */
export interface FigureCell {
  readonly text: string;
  /** Said more quietly after the text: the interval of a figure, for example. */
  readonly aside?: string;
  /** The text is somebody else's: a name, a version, a reason. */
  readonly foreign?: boolean;
}
