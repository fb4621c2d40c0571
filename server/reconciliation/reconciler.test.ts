import { pino } from "pino";
import { Registry } from "prom-client";
import { expect, test } from "vitest";
import type { LocationCheck } from "../../domain/api/reconciliation.ts";
import { PositionTable } from "../../domain/ledger/position-table.ts";
import type { Projection } from "../projection/projection.ts";
import { createReconciler } from "./reconciler.ts";

const equal: LocationCheck = {
  locationId: "S01",
  checkedAt: "2026-01-01T00:00:00.000Z",
  sequence: 1,
  positions: 1,
  heldProducts: 0,
  outcome: "equal",
  differences: 0,
  examples: [],
  reason: null,
  tookMs: 1,
};

test("a difference that stays is red until a check of that location finds none; a failed check is not", async () => {
  const table = new PositionTable();
  table.add("S01", 1, "sellable", 1);
  let result: LocationCheck | Error = { ...equal, outcome: "different", differences: 1 };
  const reconciler = createReconciler({
    check: async () => {
      if (result instanceof Error) throw result;
      return result;
    },
    projection: { serverId: "s", table: () => table, isLoaded: () => true } as unknown as Projection,
    store: { write: async () => {}, positions: async () => [], history: async () => [] },
    everySeconds: 0,
    registry: new Registry(),
    logger: pino({ level: "silent" }),
    nowMs: () => 1_000_000,
  });
  expect(reconciler.reason()).toBeNull();
  await reconciler.checkOne("S01");
  expect(reconciler.reason()).toMatch(/differs from the ledger at S01/);
  result = equal;
  await reconciler.checkOne("S01");
  expect(reconciler.reason()).toBeNull();
  expect(reconciler.lastFullPassAt()).toBe("1970-01-01T00:16:40.000Z");
  result = new Error("ClickHouse is away");
  expect(await reconciler.checkOne("S01")).toMatchObject({ outcome: "failed", reason: "ClickHouse is away" });
  expect(reconciler.reason()).toBeNull();
});
