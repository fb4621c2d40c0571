import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KEY_ROLES, type Principal } from "../../domain/principal.ts";
import { filterCovers, filterMatches } from "./topic-filter.ts";
import { mayPublish, maySubscribe } from "./topic-rights.ts";

const level = fc.constantFrom("a", "b", "c");
const topic = fc.array(level, { minLength: 1, maxLength: 4 }).map((levels) => levels.join("/"));
const filter = fc
  .tuple(fc.array(fc.constantFrom("a", "b", "c", "+"), { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([levels, isOpen]) => (isOpen ? [...levels, "#"] : levels).join("/"));

describe("filters", () => {
  it("that cover another match every topic that the other matches", () => {
    fc.assert(
      fc.property(filter, filter, topic, (wider, narrower, topic) => {
        const isImplied = filterCovers(wider, narrower) && filterMatches(narrower, topic);
        expect(!isImplied || filterMatches(wider, topic)).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    ["a/+", "a/b", true],
    ["a/+", "a/b/c", false],
    ["a/+", "a", false],
    ["a/#", "a/b/c", true],
    ["a/#", "a", true],
    ["a/#", "b", false],
    ["#", "a/b", true],
    ["a/+/c", "a/b/c", true],
    ["a/+", "a/#", false],
    ["a/+", "a/+", true],
    ["a/b", "a/+", false],
    ["a/+", "a/", true],
  ])("%s covers %s: %s", (wider, narrower, expected) => {
    expect(filterCovers(wider, narrower)).toBe(expected);
  });
});

describe("rights on topics", () => {
  const device: Principal = { keyId: "k1", role: "device", locationId: "L1" };

  it("let no key order a replay but those of Onhand's own processes", () => {
    const order = "onhand/L1/replay/0123456789abcdef0123456789abcdef";
    const allowed = KEY_ROLES.filter((role) => mayPublish({ ...device, role }, order, "onhand"));
    expect(allowed).toEqual(["internal"]);
  });

  it("let a store's key work the tasks of its own location, and nothing else", () => {
    const store: Principal = { keyId: "k1", role: "store", locationId: "L1" };
    const topics = ["onhand/L1/tasks/t-1", "onhand/L2/tasks/t-1", "onhand/L1/tasks", "onhand/L1/stock/k1"];
    expect(topics.filter((asked) => mayPublish(store, asked, "onhand"))).toEqual(["onhand/L1/tasks/t-1"]);
    const own = ["onhand/L1/tasks", "onhand/L1/alerts", "onhand/receipts/L1.k1"];
    const others = [
      "onhand/L2/tasks",
      "onhand/+/tasks",
      "onhand/L1/movements",
      "onhand/receipts/+",
      "onhand/#",
    ];
    const filters = own.concat(others);
    expect(filters.filter((asked) => maySubscribe(store, asked, "onhand"))).toEqual(own);
    expect(mayPublish({ ...store, locationId: null }, "onhand/L1/tasks/t-1", "onhand")).toBe(false);
  });

  it("never let a device publish or read outside its location, whatever the topic looks like", () => {
    const tricky = fc.array(
      fc.constantFrom("onhand", "L1", "L2", "rfid", "replay", "+", "#", "", "receipts", "k1", "k2"),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(
        tricky.map((levels) => levels.join("/")),
        (asked) => {
          // Wildcards in a publish are refused by MQTT itself.
          const isOwnEvent = /^onhand\/L1\/(rfid|pos|stock)\/[^/#]*$/.test(asked);
          const isOwnReceipt = /^onhand\/receipts\/(L1\.)?k1$/.test(asked);
          expect(!mayPublish(device, asked, "onhand") || isOwnEvent).toBe(true);
          expect(!maySubscribe(device, asked, "onhand") || isOwnReceipt).toBe(true);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it("give nothing to a device without a location and to roles that have no business on MQTT", () => {
    for (const role of KEY_ROLES) {
      const principal: Principal = { keyId: "k", role, locationId: null };
      expect(mayPublish(principal, "onhand/L1/rfid/r", "onhand")).toBe(role === "internal");
      expect(maySubscribe(principal, "onhand/#", "onhand")).toBe(role === "internal" || role === "admin");
    }
  });
});
