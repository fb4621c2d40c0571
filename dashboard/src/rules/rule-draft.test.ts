import { describe, expect, test } from "vitest";
import { availabilityRuleSchema } from "../../../domain/rules/availability-rule.ts";
import { draftOf, EMPTY_DRAFT, readDraft } from "./rule-draft.ts";

const draft = { ...EMPTY_DRAFT, ruleId: "summer" };

describe("a rule's form", () => {
  test("gives back the rule that it was filled with", () => {
    const rule = availabilityRuleSchema.parse({
      ruleId: "web-tents",
      kind: "allocation",
      quantity: 4,
      scope: { channel: "web", locationGroup: "coast", category: "Tents" },
      window: { startsAt: "2026-06-01T10:00:00.000Z", weekdays: ["fr", "sa"], from: "08:00", to: "20:00" },
      releaseAt: "2026-06-05T18:00:00.000Z",
      note: "for the campaign",
    });
    const { ruleId, ...rest } = rule;
    expect(readDraft(draftOf(rule))).toEqual({ ruleId, rule: rest });
  });

  test("says what is missing or contradicts itself, in place of a rule", () => {
    const problemOf = (changes: Partial<typeof draft>) => {
      const read = readDraft({ ...draft, ...changes });
      return "problem" in read ? read.problem : null;
    };
    expect(problemOf({})).toBeNull();
    expect(problemOf({ ruleId: "" })).toMatch(/ruleId/);
    expect(problemOf({ quantity: "" })).toMatch(/quantity/);
    expect(problemOf({ quantity: "1.5" })).toMatch(/quantity/);
    expect(problemOf({ gtin: "4006381333931", category: "Pens" })).toMatch(/not for both/);
    expect(problemOf({ kind: "allocation" })).toMatch(/channel/);
    expect(problemOf({ startsAt: "2026-06-02T10:00", endsAt: "2026-06-01T10:00" })).toMatch(/ends before/);
  });
});
