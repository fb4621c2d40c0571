import i18next from "i18next";
import { expect, test } from "vitest";
import { readerHealthSchema } from "../../../domain/reader.ts";
import { warningsOf } from "./reader-warnings.ts";

// English is the key itself; only its figures are put in.
const t = await i18next.createInstance().init({ lng: "en", keySeparator: false, nsSeparator: false });

const healthy = readerHealthSchema.parse({
  locationId: "S01",
  readerId: "r1",
  status: "online",
  format: "zebra",
  lastHeardAt: null,
  readsPerSecond: 0,
  reads: 0,
  rejected: 0,
  waitingReads: 0,
  antennasSeen: [],
});

test("a reader that was never heard, or whose clock is right within 2 s, has no warning", () => {
  expect(warningsOf(t, null)).toEqual([]);
  expect(warningsOf(t, { ...healthy, skewMs: -2000 })).toEqual([]);
});

test("lost messages, a wrong clock and antennas that are off are told", () => {
  expect(
    warningsOf(t, { ...healthy, lostMessages: 12, skewMs: -90_500, antennasDisconnected: [2, 4] }),
  ).toEqual(["12 lost", "Clock 90.5 s behind", "Antenna 2, 4 off"]);
});
