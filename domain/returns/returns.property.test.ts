import fc from "fast-check";
import { expect, test } from "vitest";
import {
  changedReturn,
  decideInspection,
  inspectedReturn,
  isOnItsWay,
  refusedReturn,
  takenReturn,
} from "./change-return.ts";
import { decideReturn } from "./decide-return.ts";
import type { Origin } from "./origin-lines.ts";
import { inspectWishSchema, type Return, returnWishSchema } from "./return.ts";

const ACTOR = { kind: "staff", id: "k1" } as const;
const GTINS = ["00000096385074", "04006381333931"];
const AT = "2026-03-02T10:00:00.000Z";

const commandArbitrary = fc.oneof(
  fc.record({
    kind: fc.constant("return" as const),
    key: fc.integer({ min: 0, max: 20 }),
    product: fc.integer({ min: 0, max: 1 }),
    quantity: fc.integer({ min: 1, max: 4 }),
  }),
  /** The next step of a return: of the ledger, then of the order. `isRefused`: the ledger did not take it. */
  fc.record({
    kind: fc.constant("step" as const),
    key: fc.integer({ min: 0, max: 20 }),
    isRefused: fc.boolean(),
  }),
  /** Memory is lost between two steps; what is stored as under way comes back. */
  fc.record({ kind: fc.constant("crash" as const) }),
  fc.record({ kind: fc.constant("hand over" as const), product: fc.integer({ min: 0, max: 1 }) }),
);

test("never more comes back than was handed over, whatever is repeated, refused or cut off by a crash", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("order" as const, "sale" as const),
      fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 2 }),
      fc.array(commandArbitrary, { maxLength: 60 }),
      (kind, handedOver, commands) => {
        const out = [...handedOver];
        /** What the order, or the ledger of a sale, counts as returned: by the ids of returns, so that a repeat counts once. */
        const counted = new Map<string, Return>();
        const stored = new Map<number, Return>();
        let memory = new Map<number, Return>();
        const returnedOf = (product: number) =>
          [...counted.values()]
            .flatMap((one) => one.lines)
            .filter((line) => line.linkedLineId === `l${product}`)
            .reduce((sum, line) => sum + line.quantity, 0);
        const origin = (): Origin => ({
          boughtIn: { kind, id: "o1", channel: "web", method: null },
          lines: GTINS.map((gtin, product) => ({
            lineId: `l${product}`,
            gtin: Number(gtin),
            handedOver: out[product] ?? 0,
            returned: returnedOf(product),
            epcs: [],
          })),
        });
        const write = (key: number, one: Return) => {
          memory.set(key, one);
          stored.set(key, one);
        };
        for (const command of commands) {
          if (command.kind === "hand over") out[command.product] = (out[command.product] ?? 0) + 1;
          if (command.kind === "crash") {
            const isUnderWay = (one: Return) => one.status === "taking" || !one.isNoted;
            memory = new Map([...stored].filter(([, one]) => isUnderWay(one)));
          }
          if (command.kind === "return" && !stored.has(command.key)) {
            const line = { gtin: GTINS[command.product], quantity: command.quantity, reason: "other" };
            const wish = returnWishSchema.parse({ locationId: "S1", orderId: "o1", lines: [line] });
            const known = [...memory.values()];
            const returnId = `r${command.key}`;
            const decision = decideReturn({
              returnId,
              at: AT,
              actor: ACTOR,
              wish,
              origin: origin(),
              facts: [[]],
              known,
            });
            if (decision.ok) write(command.key, decision.made);
          }
          const one = command.kind === "step" ? memory.get(command.key) : undefined;
          if (command.kind !== "step" || one === undefined) continue;
          if (one.status === "taking" && command.isRefused) {
            write(command.key, refusedReturn(one, AT, { code: "return_rejected", detail: "" }));
          } else if (one.status === "taking") {
            if (kind === "sale") counted.set(one.returnId, one);
            write(command.key, takenReturn(one, AT));
          } else if (!one.isNoted && one.status !== "refused") {
            counted.set(one.returnId, one);
            write(command.key, changedReturn(one, AT, { isNoted: true }));
          }
        }
        for (const product of [0, 1]) {
          const units = [...stored.values()]
            .filter((one) => one.status !== "refused")
            .flatMap((one) => one.lines)
            .filter((line) => line.linkedLineId === `l${product}`)
            .reduce((sum, line) => sum + line.quantity, 0);
          expect(units).toBeLessThanOrEqual(out[product] ?? 0);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test("units of a line are always as many as came back, and a look moves each of them once", () => {
  const lookArbitrary = fc.record({
    quantity: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    epc: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
    to: fc.constantFrom("sellable" as const, "damaged" as const, "display_only" as const),
    isRecorded: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 0, max: 3 }),
      fc.array(lookArbitrary, { maxLength: 12 }),
      (quantity, items, looks) => {
        const epcs = Array.from({ length: Math.min(items, quantity) }, (_, index) => `E${index}`);
        const line = { gtin: GTINS[0], quantity, reason: "other", epcs };
        const wish = returnWishSchema.parse({ locationId: "S1", lines: [line], override: "seen" });
        const nothing = { gtin: 0, soldIn: null, soldAtMs: null, isBack: false, isOnHand: false };
        const facts = [epcs.map((epc) => Object.assign({ epc }, nothing))];
        const made = decideReturn({
          returnId: "r",
          at: AT,
          actor: ACTOR,
          wish,
          origin: null,
          facts,
          known: [],
        });
        if (!made.ok) throw new Error(made.refusal.code);
        let one = takenReturn(made.made, AT);
        for (const { to, isRecorded, ...look } of looks) {
          const named = look.epc === undefined ? [] : [`E${look.epc}`];
          const asked = inspectWishSchema.parse({
            lines: [{ lineNo: 1, to, quantity: look.quantity, epcs: named }],
          });
          const decision = decideInspection(one, asked, { at: AT, actor: ACTOR, epcsOf: [named] });
          if (decision.ok) one = decision.made;
          const open = one.inspections.find(isOnItsWay);
          if (isRecorded && open !== undefined) one = inspectedReturn(one, open.number, AT);
        }
        const [after] = one.lines;
        const units = after?.units ?? { sellable: 0, inspect: 0, damaged: 0, display_only: 0 };
        expect(Object.values(units).reduce((sum, count) => sum + count, 0)).toBe(quantity);
        expect(Math.min(...Object.values(units))).toBeGreaterThanOrEqual(0);
        for (const state of ["sellable", "inspect", "damaged", "display_only"] as const) {
          const there = after?.items.filter((item) => item.state === state).length ?? 0;
          expect(there).toBeLessThanOrEqual(units[state]);
        }
        expect(one.status === "done").toBe(units.inspect === 0);
      },
    ),
    { numRuns: 500 },
  );
});
