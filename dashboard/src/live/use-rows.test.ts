import { expect, test, vi } from "vitest";
import { item, storeWithFrames } from "./row-store-fixture.ts";
import { rowKey } from "./row-store.ts";
import { watchRows } from "./use-rows.ts";

test("rows of one product stay the same object until one of them changes, and others wake nobody", () => {
  const { store, paint } = storeWithFrames();
  store.applySnapshot([item("1", 5, "S01"), item("1", 9, "S02"), item("2", 1, "S01")]);
  paint();
  const watch = watchRows(store, "gtin", "1");
  const listener = vi.fn<() => void>();
  watch.subscribe(listener);
  const before = watch.read();
  expect(before.map((row) => row.key)).toEqual([rowKey("1", "S02"), rowKey("1", "S01")]);
  store.applyChanges([item("2", 7, "S01")]);
  paint();
  expect([listener.mock.calls.length, watch.read()]).toEqual([0, before]);
  expect(watch.read()).toBe(before);
  store.applyChanges([item("1", 6, "S01")]);
  paint();
  expect(listener).toHaveBeenCalledTimes(1);
  expect(watch.read().map((row) => row.available)).toEqual([9, 6]);
  expect(watch.read()).toBe(watch.read());
});
