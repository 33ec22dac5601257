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

/** The table without the columns that say nothing in any row: figures that were withheld. The first column stays. */
export function withoutEmptyColumns(table: FigureTable): FigureTable {
  const isKept = table.columns.map(
    (_, index) => index === 0 || table.rows.some((row) => row.cells[index]?.text !== ''),
  );
  return {
    ...table,
    columns: table.columns.filter((_, index) => isKept[index]),
    rows: table.rows.map((row) => ({ ...row, cells: row.cells.filter((_, index) => isKept[index]) })),
  };
}

/** A column of words. */
export function leftColumn(heading: string, width: number): FigureColumn {
  return { heading, align: 'left', width };
}

/** A column of figures. */
export function rightColumn(heading: string, width: number): FigureColumn {
  return { heading, align: 'right', width };
}

/** A cell with somebody else's text. */
export function foreignCell(text: string): FigureCell {
  return { text, foreign: true };
}
