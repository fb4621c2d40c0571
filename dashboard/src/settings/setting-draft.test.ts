import fc from "fast-check";
import { createInstance } from "i18next";
import { expect, test } from "vitest";
import {
  DEFAULT_TRACKING_SETTINGS,
  TRACKING_SETTING_NAMES,
} from "../../../domain/tracking/tracking-settings.ts";
import { draftOf, isSwitch, parseDraft, rangeWords } from "./setting-draft.ts";

test("what is set comes back as it was through the fields, and what is not set stays unset", () => {
  fc.assert(
    fc.property(fc.subarray([...TRACKING_SETTING_NAMES]), (names) => {
      const overrides = Object.fromEntries(names.map((name) => [name, DEFAULT_TRACKING_SETTINGS[name]]));
      expect(parseDraft(draftOf(overrides))).toEqual({ overrides, wrong: new Set() });
    }),
  );
});

test("shares are given in per cent, durations in the unit of their field", () => {
  const draft = { ...draftOf({}), countHoldBelow: "7", exitSaleMs: "12", soldQuietMs: "0.5", absence: "off" };
  expect(parseDraft(draft).overrides).toEqual({
    countHoldBelow: 0.07,
    exitSaleMs: 720_000,
    soldQuietMs: 1_800_000,
    absence: false,
  });
});

test("a value that is no number, or out of its range, is told by its field with what may stand there", async () => {
  const { overrides, wrong } = parseDraft({
    ...draftOf({}),
    minReads: "many",
    minWindows: "2.5",
    countHoldBelow: "120",
    exitSilenceMs: "20",
  });
  const t = await createInstance().init({ lng: "en" });
  expect(overrides).toEqual({ exitSilenceMs: 20_000 });
  expect([...wrong].map((name) => [name, rangeWords(t, name)])).toEqual([
    ["minReads", "A whole number from 1 to 255."],
    ["minWindows", "A whole number from 1 to 255."],
    ["countHoldBelow", "A number from 0 % to 100 %."],
  ]);
});

test("every setting that is a number has its range told", async () => {
  const t = await createInstance().init({ lng: "en" });
  const numbers = TRACKING_SETTING_NAMES.filter((name) => !isSwitch(name));
  expect(numbers.filter((name) => !/ from \S+.* to \S/.test(rangeWords(t, name)))).toEqual([]);
});
