import i18next from "i18next";
import { describe, expect, it } from "vitest";
import { LIST_HOURS, LISTS } from "../../../domain/api/lists.ts";
import english from "../i18n/en.json" with { type: "json" };
import { hourChoices, hoursOf, parseHours } from "./hour-choices.ts";

const t = await i18next.createInstance().init({
  lng: "en",
  resources: { en: { translation: english } },
  keySeparator: false,
  nsSeparator: false,
});

describe("how far back a list looks", () => {
  it.each(LISTS)(
    "of %s is by itself as the server has it, and never longer than the server takes",
    (list) => {
      const { defaultHours, maxHours } = LIST_HOURS[list];
      expect(hoursOf(list)[0]).toBe(defaultHours);
      expect(hoursOf(list)).toEqual([...new Set(hoursOf(list))].sort((a, b) => a - b));
      expect(hoursOf(list).at(-1)).toBe(maxHours);
    },
  );

  it("is nothing to choose where a list looks at now", () => {
    expect(hoursOf("backroom-only")).toHaveLength(1);
  });

  it.each([
    ["24", 24],
    ["168", 2],
    ["7d", 2],
    ["", 2],
    [null, 2],
  ])("is, by the address's %j, %i hours for ghosts", (text, hours) => {
    expect(parseHours("ghosts", text)).toBe(hours);
  });

  it("is said in words", () => {
    expect(hourChoices("unknown-tags", t).map(({ label }) => label)).toEqual([
      "Last 2 hours",
      "Last 24 hours",
      "Last 3 days",
    ]);
    expect(hourChoices("misplaced", t)[0]).toEqual({ value: "12", label: "There for 12 hours" });
  });
});
