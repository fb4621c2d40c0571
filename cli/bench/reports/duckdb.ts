import { MissingPartError } from "../benchmark.ts";

/** The little of DuckDB that the benchmark needs. */
export type DuckDb = {
  run(sql: string): Promise<void>;
  rows(sql: string): Promise<Record<string, unknown>[]>;
  close(): void;
};

type Api = {
  DuckDBInstance: {
    create(
      path: string,
      options: Record<string, string>,
    ): Promise<{
      connect(): Promise<{
        run(sql: string): Promise<unknown>;
        runAndReadAll(sql: string): Promise<{ getRowObjectsJson(): Record<string, unknown>[] }>;
        closeSync(): void;
      }>;
      closeSync(): void;
    }>;
  };
};

const PACKAGE = "@duckdb/node-api";

/** Throws `MissingPartError` where it is not installed. It is no dependency: nothing but this benchmark uses it, and it is large. */
export async function openDuckDb(path: string): Promise<DuckDb> {
  const api = await importDuckDb();
  const instance = await api.DuckDBInstance.create(path, {});
  const connection = await instance.connect();
  return {
    run: async (sql) => {
      await connection.run(sql);
    },
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson(),
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function importDuckDb(): Promise<Api> {
  try {
    return (await import(PACKAGE)) as Api;
  } catch (error) {
    throw new MissingPartError(
      `DuckDB, beside which reports are measured, is not installed (${error instanceof Error ? error.message.split("\n")[0] : error}). ` +
        `Run \`npm install --no-save ${PACKAGE}\` in the checkout and run the benchmark again.`,
    );
  }
}
