import { expect, test, vi } from "vitest";
import { item, storeWithFrames } from "./row-store-fixture.ts";
import { rowKey } from "./row-store.ts";

test("a thousand changes in a frame are told once", () => {
  const { store, frames, paint } = storeWithFrames();
  const listener = vi.fn<() => void>();
  store.subscribeRow(rowKey("1", "S01"), listener);
  for (let n = 0; n < 1000; n += 1) store.applyChanges([item("1", n)]);
  expect(frames.length).toBe(1);
  paint();
  expect(listener).toHaveBeenCalledTimes(1);
  expect(store.getRow(rowKey("1", "S01"))?.available).toBe(999);
});

test("a change is told only to those who watch its row, and to those who watch the whole", () => {
  const { store, paint } = storeWithFrames();
  const other = vi.fn<() => void>();
  const whole = vi.fn<() => void>();
  store.subscribeRow(rowKey("2", "S01"), other);
  store.subscribe(whole);
  store.applyChanges([item("1", 3)]);
  paint();
  expect(other).not.toHaveBeenCalled();
  expect(whole).toHaveBeenCalledTimes(1);
});

test("a row remembers what its last change was; a new row has not changed", () => {
  const { store } = storeWithFrames();
  const key = rowKey("1", "S01");
  store.applyChanges([item("1", 5)]);
  expect(store.getRow(key)?.change).toBeNull();
  store.applyChanges([item("1", 3)]);
  expect(store.getRow(key)?.change).toEqual({ delta: -2, atMs: 1000 });
  store.applyChanges([{ ...item("1", 3), onHand: 4 }]);
  expect(store.getRow(key)?.change).toEqual({ delta: -2, atMs: 1000 });
  expect(store.latestChanges().map((row) => row.key)).toEqual([key]);
});

test("a snapshot replaces everything, and leaves rows that are the same untouched", () => {
  const { store, paint } = storeWithFrames();
  store.applySnapshot([item("1", 5), item("2", 6)]);
  paint();
  const before = store.getRow(rowKey("1", "S01"));
  const { membership } = store.versions();
  store.applySnapshot([item("1", 5)]);
  paint();
  expect(store.getRow(rowKey("1", "S01"))).toBe(before);
  expect(store.getRow(rowKey("2", "S01"))).toBeUndefined();
  expect(store.versions().membership).toBeGreaterThan(membership);
});
