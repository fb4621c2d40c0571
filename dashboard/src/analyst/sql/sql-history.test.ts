import { expect, test } from "vitest";
import { createSqlHistory } from "./sql-history.ts";

function memoryStorage(begin: Record<string, string> = {}) {
  const kept = new Map(Object.entries(begin));
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}
const entry = (sql: string, atMs = 0) => ({ sql, values: {}, atMs, rows: 1 });

test("the history has each query once, the newest first, at most a hundred, and outlives the page", () => {
  const storage = memoryStorage();
  const history = createSqlHistory(storage);
  for (let n = 0; n < 120; n += 1) history.add(entry(`SELECT ${n}`, n));
  history.add(entry("SELECT 50", 200));
  const again = createSqlHistory(storage).entries();
  expect(again).toHaveLength(100);
  expect(again.slice(0, 2).map(({ sql }) => sql)).toEqual(["SELECT 50", "SELECT 119"]);
  expect(again.filter(({ sql }) => sql === "SELECT 50")).toHaveLength(1);
  history.clear();
  expect(createSqlHistory(storage).entries()).toEqual([]);
});

test("what cannot be read is no history, and a browser that keeps nothing has that of the page", () => {
  expect(createSqlHistory(memoryStorage({ "onhand.sql-history": "{" })).entries()).toEqual([]);
  expect(createSqlHistory(memoryStorage({ "onhand.sql-history": '[{"sql":1}]' })).entries()).toEqual([]);
  const full = createSqlHistory({
    ...memoryStorage(),
    setItem: () => {
      throw new Error("full");
    },
  });
  full.add(entry("SELECT 1"));
  expect(full.entries()).toHaveLength(1);
});
