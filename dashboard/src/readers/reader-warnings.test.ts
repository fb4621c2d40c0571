import { expect, test } from "vitest";
import { readerHealthSchema } from "../../../domain/reader.ts";
import { warningsOf } from "./reader-warnings.ts";

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
  expect(warningsOf(null)).toEqual([]);
  expect(warningsOf({ ...healthy, skewMs: -2000 })).toEqual([]);
});

test("lost messages, a wrong clock and antennas that are off are told", () => {
  expect(warningsOf({ ...healthy, lostMessages: 12, skewMs: -90_500, antennasDisconnected: [2, 4] })).toEqual(
    ["12 lost", "Clock 90.5 s behind", "Antenna 2, 4 off"],
  );
});
