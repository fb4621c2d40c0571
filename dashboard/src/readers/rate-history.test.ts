import { expect, test } from "vitest";
import { addSamples, type RateHistory } from "./rate-history.ts";

const reader = (readerId: string, readsPerSecond: number) => ({
  locationId: "S01",
  readerId,
  name: "",
  defaultZoneId: null,
  antennas: {},
  isAssigned: true,
  health: {
    locationId: "S01",
    readerId,
    status: "online" as const,
    format: "impinj",
    lastHeardAt: null,
    readsPerSecond,
    reads: 0,
    rejected: 0,
    waitingReads: 0,
    antennasSeen: [],
  },
});

test("the history keeps the newest two minutes and forgets readers that are gone", () => {
  let history: RateHistory = new Map();
  for (let n = 0; n < 100; n += 1) history = addSamples(history, [reader("a", n), reader("b", 0)]);
  expect(history.get("S01/a")?.length).toBe(60);
  expect(history.get("S01/a")?.at(-1)).toBe(99);
  history = addSamples(history, [reader("a", 1)]);
  expect([...history.keys()]).toEqual(["S01/a"]);
});
