import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AvailabilityRule, availabilityRuleSchema } from "./availability-rule.ts";
import { checkRule } from "./check-rule.ts";
import { createRuleBook, type UsedUnits } from "./rule-book.ts";
import { windowAt } from "./rule-window.ts";

const GTIN = 4006381333931;
const OTHER = 4006381333948;
const NOW = Date.parse("2026-06-05T16:30:00Z");
let made = 0;
function rule(
  kind: string,
  quantity: number,
  scope: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
) {
  made += 1;
  return availabilityRuleSchema.parse({ kind, ruleId: `r${made}`, quantity, scope, ...more });
}
function bookOf(rules: AvailabilityRule[], usedUnits: UsedUnits = () => 0) {
  return createRuleBook({
    rules,
    groups: [{ groupId: "north", locations: ["S01", "S02"] }],
    locations: [
      { locationId: "S01", timeZone: "Europe/Berlin" },
      { locationId: "S02", timeZone: "Europe/Lisbon" },
    ],
    categories: new Map([[GTIN, "Scarves"]]),
    usedUnits,
  });
}
const gtin = "04006381333931";

describe("which rule holds", () => {
  test("the product weighs more than the place, the place more than the channel", () => {
    const widest = rule("safety_stock", 1);
    const channel = rule("safety_stock", 2, { channel: "web" });
    const group = rule("safety_stock", 3, { locationGroup: "north" });
    const place = rule("safety_stock", 4, { locationId: "S01" });
    const category = rule("safety_stock", 5, { category: "Scarves" });
    const product = rule("safety_stock", 6, { gtin });
    const all = [widest, channel, group, place, category, product];
    const left = [...all];
    for (const expected of [6, 5, 4, 3, 2, 1]) {
      expect(bookOf(left).effectOn("S01", GTIN, "web", NOW).safetyStock).toBe(expected);
      left.pop();
    }
    const book = bookOf(all);
    expect(book.effectOn("S09", OTHER, "app", NOW).safetyStock).toBe(1);
    expect(book.effectOn("S09", GTIN, "app", NOW).safetyStock).toBe(6);
    expect(book.effectOn("S02", OTHER, "web", NOW).safetyStock).toBe(3);
  });

  test("of equally narrow ones the more careful: the higher safety stock, the lower cap", () => {
    const book = bookOf([rule("safety_stock", 1), rule("safety_stock", 4), rule("cap", 9), rule("cap", 5)]);
    expect(book.effectOn("S01", GTIN, "web", NOW)).toEqual({ safetyStock: 4, allocated: 0, cap: 5 });
  });

  test("one whose window is closed leaves the place to the next", () => {
    const evening = { from: "18:00", to: "19:00" };
    const book = bookOf([rule("safety_stock", 1), rule("safety_stock", 0, { gtin }, { window: evening })]);
    expect(book.effectOn("S01", GTIN, "web", NOW).safetyStock).toBe(0);
    expect(book.effectOn("S02", GTIN, "web", NOW).safetyStock).toBe(1);
    expect(book.effectOn("S01", GTIN, "web", NOW + 3_600_000).safetyStock).toBe(1);
    expect(book.effectOn("S01", GTIN, "web", NOW).safetyStock).toBe(0);
  });

  test("a position without rules is known at once, and gets nothing", () => {
    const book = bookOf([rule("safety_stock", 1, { gtin })]);
    expect(book.hasNoRules("S01", OTHER)).toBe(true);
    expect(book.effectOn("S01", OTHER, "web", NOW)).toEqual({ safetyStock: 0, allocated: 0, cap: null });
  });
});

describe("allocations", () => {
  const web = rule("allocation", 5, { channel: "web" }, { releaseAt: "2026-06-06T00:00:00Z" });
  const kiosk = rule("allocation", 3, { channel: "kiosk" });

  test("withhold from all other channels what their own has not used", () => {
    const book = bookOf([web, kiosk], (one) => (one === web ? 2 : 7));
    expect(book.effectOn("S01", GTIN, "web", NOW).allocated).toBe(0);
    expect(book.effectOn("S01", GTIN, "kiosk", NOW).allocated).toBe(3);
    expect(book.effectOn("S01", GTIN, "", NOW).allocated).toBe(3);
    expect(bookOf([web, kiosk]).effectOn("S01", GTIN, "app", NOW).allocated).toBe(8);
  });

  test("return to all at their release", () => {
    const book = bookOf([web]);
    const release = Date.parse("2026-06-06T00:00:00Z");
    expect(book.effectOn("S01", GTIN, "app", release - 1).allocated).toBe(5);
    expect(book.effectOn("S01", GTIN, "app", release).allocated).toBe(0);
  });

  test("of one channel's the narrowest holds, they are not added up", () => {
    const book = bookOf([web, rule("allocation", 1, { channel: "web", gtin })]);
    expect(book.effectOn("S01", GTIN, "app", NOW).allocated).toBe(1);
    expect(book.effectOn("S01", OTHER, "app", NOW).allocated).toBe(5);
  });
});

test("what is explained is what is answered, and both are what all rules read one by one give", () => {
  const scope = fc.record({
    channel: fc.constantFrom("web", "app", null),
    locationId: fc.constantFrom("S01", null),
    locationGroup: fc.constantFrom("north", null),
    gtin: fc.constantFrom(gtin, null),
    category: fc.constantFrom("Scarves", "Hats", null),
  });
  const window = fc.constantFrom(
    {},
    { weekdays: ["fr"] },
    { from: "17:00", to: "18:00" },
    { endsAt: "2026-06-01T00:00:00Z" },
  );
  const one = fc.record({
    kind: fc.constantFrom("safety_stock", "allocation", "cap"),
    scope,
    window,
    quantity: fc.integer({ min: 1, max: 20 }),
  });
  fc.assert(
    fc.property(
      fc.array(one, { maxLength: 12 }),
      fc.constantFrom("S01", "S02", "S03"),
      fc.constantFrom(GTIN, OTHER),
      fc.constantFrom("web", "app", ""),
      (drafts, locationId, product, channel) => {
        const rules = drafts
          .map((draft, index) => checkRule(availabilityRuleSchema.parse({ ...draft, ruleId: `p${index}` })))
          .flatMap((checked) => (checked.ok ? [checked.value] : []));
        const book = bookOf(rules, () => 4);
        const effect = book.effectOn(locationId, product, channel, NOW);
        const fitting = book.fittingRules(locationId, product, channel, NOW).filter((each) => each.holds);
        const sum = (kind: string) =>
          fitting.filter((each) => each.rule.kind === kind).reduce((units, each) => units + each.units, 0);
        expect(sum("safety_stock")).toBe(effect.safetyStock);
        expect(sum("allocation")).toBe(effect.allocated);
        expect(sum("cap")).toBe(effect.cap ?? 0);
        // Naively: no other rule in force of the same kind and channel is narrower.
        const weight = ({ scope: s }: AvailabilityRule) =>
          [
            s.gtin !== null,
            s.category !== null,
            s.locationId !== null,
            s.locationGroup !== null,
            s.channel !== null,
          ]
            .map((is, place) => (is ? 2 ** (4 - place) : 0))
            .reduce((all, each) => all + each, 0);
        const safety = rules
          .filter((each) => each.kind === "safety_stock")
          .filter(({ scope: s }) => s.channel === null || s.channel === channel)
          .filter(({ scope: s }) => s.locationId === null || s.locationId === locationId)
          .filter(({ scope: s }) => s.locationGroup === null || locationId !== "S03")
          .filter(({ scope: s }) => s.gtin === null || product === GTIN)
          .filter(({ scope: s }) => s.category === null || (product === GTIN && s.category === "Scarves"))
          .filter((each) => windowAt(each, book.clockOf(locationId), NOW).isIn)
          .sort((a, b) => weight(b) - weight(a) || b.quantity - a.quantity);
        expect(effect.safetyStock).toBe(safety[0]?.quantity ?? 0);
      },
    ),
    { numRuns: 500 },
  );
});

test("a rule that says two things at once, or an allocation for nobody, is refused", () => {
  const refused = [
    rule("safety_stock", 1, { locationId: "S01", locationGroup: "north" }),
    rule("safety_stock", 1, { gtin, category: "Scarves" }),
    rule("safety_stock", 1, { gtin: "4006381333932" }),
    rule("allocation", 1),
    rule("cap", 1, {}, { window: { startsAt: "2026-06-02T00:00:00Z", endsAt: "2026-06-01T00:00:00Z" } }),
    rule("cap", 1, {}, { window: { from: "24:00" } }),
  ];
  for (const one of refused) expect(checkRule(one)).toMatchObject({ ok: false, code: "invalid_rule" });
  expect(checkRule(rule("cap", 1, { gtin: "4006381333931" }))).toMatchObject({ value: { scope: { gtin } } });
});
