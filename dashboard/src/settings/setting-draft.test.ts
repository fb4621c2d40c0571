import fc from "fast-check";
import { expect, test } from "vitest";
import {
  DEFAULT_TRACKING_SETTINGS,
  TRACKING_SETTING_NAMES,
} from "../../../domain/tracking/tracking-settings.ts";
import { draftOf, parseDraft } from "./setting-draft.ts";

test("what is set comes back as it was through the fields, and what is not set stays unset", () => {
  fc.assert(
    fc.property(fc.subarray([...TRACKING_SETTING_NAMES]), (names) => {
      const overrides = Object.fromEntries(names.map((name) => [name, DEFAULT_TRACKING_SETTINGS[name]]));
      expect(parseDraft(draftOf(overrides))).toEqual({ overrides, errors: {} });
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

test("a value that is no number, or out of its range, is told by its field with what may stand there", () => {
  const { overrides, errors } = parseDraft({
    ...draftOf({}),
    minReads: "many",
    minWindows: "2.5",
    countHoldBelow: "120",
    exitSilenceMs: "20",
  });
  expect(overrides).toEqual({ exitSilenceMs: 20_000 });
  expect(errors).toEqual({
    minReads: "A whole number from 1 to 255.",
    minWindows: "A whole number from 1 to 255.",
    countHoldBelow: "A number from 0 % to 100 %.",
  });
});
