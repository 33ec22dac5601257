import { DuckDBInstance, type DuckDBConnection, type DuckDBValue, type JS } from '@duckdb/node-api';

/**
 * DuckDB in this process, in memory: one thread (whoever calls may run workers on the other cores), a bound on memory, no
 * spilling to disk, and no extension ever fetched or loaded by itself, so no path makes it reach for the network.
 */
const SETTINGS = {
  threads: '1',
  memory_limit: '512MB',
  temp_directory: '',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
};

/**
 * Runs work with a database of its own and closes it, whatever happens.
 *
 * @example await withDatabase((database) => database.run('SELECT 1'))
 */
export async function withDatabase<Result>(work: (database: DuckDBConnection) => Promise<Result>): Promise<Result> {
  const instance = await DuckDBInstance.create(':memory:', SETTINGS);
  try {
    const connection = await instance.connect();
    try {
      return await work(connection);
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

/** What {@link streamQuery} yields: some rows, in order, with the names of the columns. */
export interface RowBatch {
  readonly columns: readonly string[];
  /** Shape [rows, columns]. */
  readonly rows: readonly (readonly JS[])[];
}

/** What {@link streamQuery} takes. */
export interface StreamQueryOptions {
  /** Values of $1, $2 …; a file's path is always one of these. */
  readonly values?: DuckDBValue[];
  /** A second query, run when the first is exhausted. */
  readonly then?: string;
}

/**
 * Streams the rows of a query, about 2,048 at a time; the database is closed when the consumer stops.
 *
 * @returns At least one batch per query, possibly without rows, so that the columns are known.
 */
export async function* streamQuery(sql: string, options: StreamQueryOptions = {}): AsyncGenerator<RowBatch> {
  const instance = await DuckDBInstance.create(':memory:', SETTINGS);
  let connection: DuckDBConnection | undefined;
  try {
    connection = await instance.connect();
    for (const query of [sql, options.then]) {
      if (query === undefined) continue;
      const result = await connection.stream(query, query === sql ? (options.values ?? []) : []);
      const columns = result.columnNames();
      yield { columns, rows: [] };
      for await (const rows of result.yieldRowsJs()) yield { columns, rows };
    }
  } finally {
    connection?.closeSync();
    instance.closeSync();
  }
}

/**
 * A path as DuckDB reads it literally: it takes `*`, `?` and `[` in a path for patterns.
 *
 * @example literalPath('/data/mail[1].csv') // '/data/mail[[]1].csv'
 */
export function literalPath(path: string): string {
  return path.replace(/[[*?]/g, '[$&]');
}
