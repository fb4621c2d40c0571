import fc from "fast-check";
import { expect, test } from "vitest";
import type { AvailabilityItem } from "../../domain/availability/availability-item.ts";
import { createFrameApplier } from "./frame-applier.ts";

function item(gtin: number, available: number): AvailabilityItem {
  return {
    gtin: String(gtin).padStart(14, "0"),
    locationId: "S01",
    onHand: available,
    sellable: available,
    reserved: 0,
    safetyStock: 0,
    allocated: 0,
    available,
    isCapped: false,
    confidence: null,
    incoming: [],
    availableFrom: null,
    reasonCode: available > 0 ? "in_stock" : "out_of_stock",
    lastSeenAt: null,
  };
}

function snapshot(revision: number, items: AvailabilityItem[], part = 0, isLast = true) {
  return { type: "snapshot" as const, id: "1", serverId: "a", revision, part, isLast, items };
}

function changes(fromRevision: number, revision: number, items: AvailabilityItem[]) {
  return { type: "changes" as const, id: "1", fromRevision, revision, items };
}

test("a snapshot in parts counts only when its last part is there", () => {
  const applier = createFrameApplier();
  applier.begin("1");
  expect(applier.apply(snapshot(5, [item(1, 1)], 0, false))).toMatchObject({ kind: "progress", received: 1 });
  expect(applier.resumePoint()).toBeNull();
  expect(applier.apply(snapshot(5, [item(2, 2)], 1, true))).toMatchObject({ kind: "snapshot", revision: 5 });
  expect(applier.resumePoint()).toEqual({ serverId: "a", revision: 5 });
});

test("a missing part of a snapshot is a hole", () => {
  const applier = createFrameApplier();
  applier.begin("1");
  applier.apply(snapshot(5, [], 0, false));
  expect(applier.apply(snapshot(5, [], 2, true)).kind).toBe("hole");
});

test("frames of an earlier subscription are ignored", () => {
  const applier = createFrameApplier();
  applier.begin("2");
  expect(applier.apply(snapshot(5, [item(1, 1)])).kind).toBe("ignored");
});

test("changes before any snapshot are a hole", () => {
  const applier = createFrameApplier();
  applier.begin("1");
  expect(applier.apply(changes(1, 2, [])).kind).toBe("hole");
});

test("whatever frame is lost, the loss is a hole or what is known still equals the server's state", () => {
  const history = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.nat(9)), {
    minLength: 1,
    maxLength: 30,
  });
  fc.assert(
    fc.property(history, fc.nat(29), (steps, lost) => {
      const applier = createFrameApplier();
      const server = new Map<number, number>();
      const known = new Map<string, number>();
      applier.begin("1");
      applier.apply(snapshot(0, []));
      for (const [index, [gtin, available]] of steps.entries()) {
        server.set(gtin, available);
        if (index === lost) continue;
        const applied = applier.apply(changes(index, index + 1, [item(gtin, available)]));
        if (applied.kind === "hole") return;
        if (applied.kind === "changes") for (const row of applied.items) known.set(row.gtin, row.available);
      }
      // A lost last frame is found when the next one comes.
      if (lost === steps.length - 1) return;
      const expected = new Map([...server].map(([gtin, available]) => [item(gtin, 0).gtin, available]));
      expect(known).toEqual(expected);
    }),
  );
});
