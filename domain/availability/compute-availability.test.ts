import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { computeAvailability } from "./compute-availability.ts";

const stock = {
  onHand: 10,
  sellable: 10,
  displayOnly: 0,
  reserved: 0,
  safetyStock: 0,
  allocated: 0,
  certain: null,
  hasRecord: true,
};

describe("computeAvailability", () => {
  test("takes reservations, safety stock and allocations off the sellable units", () => {
    const answer = computeAvailability({ ...stock, reserved: 2, safetyStock: 3, allocated: 1 });
    expect(answer).toEqual({ available: 4, reasonCode: "in_stock" });
  });

  test("promises nothing below zero, whatever is owed", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -20, max: 20 }),
        fc.nat(20),
        fc.nat(20),
        fc.nat(20),
        (sellable, r, s, a) => {
          const input = { ...stock, onHand: sellable, sellable, reserved: r, safetyStock: s, allocated: a };
          const { available, reasonCode } = computeAvailability(input);
          expect(available).toBe(Math.max(0, sellable - r - s - a));
          expect(reasonCode === "in_stock").toBe(available > 0);
        },
      ),
    );
  });

  test("tells units that cannot be sold from units that are not there and from what was never known", () => {
    expect(computeAvailability({ ...stock, sellable: 0 }).reasonCode).toBe("not_sellable");
    expect(computeAvailability({ ...stock, onHand: 0, sellable: 0 }).reasonCode).toBe("out_of_stock");
    expect(computeAvailability({ ...stock, sellable: 0, displayOnly: 1 }).reasonCode).toBe("display_only");
    expect(computeAvailability({ ...stock, onHand: 0, sellable: 0, hasRecord: false }).reasonCode).toBe(
      "no_record",
    );
  });

  test("names what took the last unit", () => {
    expect(computeAvailability({ ...stock, reserved: 10, safetyStock: 3 }).reasonCode).toBe("reserved");
    expect(computeAvailability({ ...stock, reserved: 8, safetyStock: 3 }).reasonCode).toBe("safety_stock");
    expect(computeAvailability({ ...stock, reserved: 8, allocated: 3 }).reasonCode).toBe("allocated");
    expect(computeAvailability({ ...stock, reserved: 8, certain: 8 })).toEqual({
      available: 0,
      reasonCode: "uncertain",
    });
    expect(computeAvailability({ ...stock, certain: 12 }).available).toBe(10);
  });
});
