import { createInstance } from "i18next";
import { expect, test } from "vitest";
import { formatProbability } from "../../src/format/number.ts";
import { alternativeText, dayText, methodChoices } from "./alternative-words.ts";

const place = {
  locationId: "S02",
  available: 3,
  confidence: 0.98,
  distanceKm: 2.14,
  readyAt: "2026-03-02T12:00:00.000Z",
  method: "pickup" as const,
};

const t = await createInstance().init({ lng: "en" });

test("a place is said with what is known of it, and with less than is wanted as such", () => {
  expect(alternativeText(t, place, 2)).toBe(
    `3 there · 2.1 km · ${formatProbability(0.98)} sure · by ${dayText(place.readyAt)}`,
  );
  const unknown = { ...place, confidence: null, distanceKm: null, readyAt: null };
  expect(alternativeText(t, unknown, 4)).toBe("only 3 there");
  expect(alternativeText(t, { ...unknown, distanceKm: 429.4 }, 1)).toBe("3 there · 429 km");
});

test("a warehouse only sends", () => {
  expect(methodChoices(t, "ship_from_warehouse").map(({ value }) => value)).toEqual(["ship_from_warehouse"]);
  expect(methodChoices(t, "ship_from_store").map(({ value }) => value)).toEqual([
    "pickup",
    "ship_from_store",
  ]);
});
