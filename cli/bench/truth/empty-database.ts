import type { Database } from "../../../sql/database.ts";

/** A ClickHouse in which nothing was ever written: no event was seen before this run. */
export const emptyDatabase: Database = {
  isEmbedded: true,
  name: "empty",
  query: async () => [],
  async *stream() {},
  async *export() {},
  insert: async () => undefined,
  load: async () => undefined,
  command: async () => undefined,
  ping: async () => undefined,
  close: async () => undefined,
};
