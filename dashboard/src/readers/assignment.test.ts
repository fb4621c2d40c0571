import { expect, test } from "vitest";
import { antennasByZone, assignmentOf, isComplete, readerOf } from "./assignment.ts";

const reader = {
  locationId: "S01",
  readerId: "r1",
  name: "Door",
  defaultZoneId: null,
  antennas: { "2": "dock" },
  isAssigned: false,
  health: {
    locationId: "S01",
    readerId: "r1",
    status: "unassigned" as const,
    format: "zebra",
    lastHeardAt: null,
    readsPerSecond: 0,
    reads: 0,
    rejected: 0,
    waitingReads: 12,
    antennasSeen: [10, 1, -1],
  },
};

test("each antenna mapped or heard has a line, in the order of numbers; reads without an antenna need none", () => {
  expect(Object.entries(assignmentOf(reader).antennas)).toEqual([
    ["1", ""],
    ["2", "dock"],
    ["10", ""],
  ]);
});

test("it is complete when every antenna has a zone, or a default takes the rest", () => {
  const assignment = assignmentOf(reader);
  expect(isComplete(assignment)).toBe(false);
  expect(isComplete({ ...assignment, defaultZoneId: "backroom" })).toBe(true);
  expect(isComplete({ ...assignment, antennas: { "1": "dock", "2": "dock", "10": "exit" } })).toBe(true);
  expect(isComplete({ ...assignment, antennas: {} })).toBe(false);
});

test("what is sent names only antennas that have a zone", () => {
  const sent = readerOf(reader, { ...assignmentOf(reader), name: " Door ", defaultZoneId: "backroom" });
  expect(sent).toEqual({
    locationId: "S01",
    readerId: "r1",
    name: "Door",
    defaultZoneId: "backroom",
    antennas: { "2": "dock" },
  });
});

test("antennas are shown by the zone they fall to; those whose reads wait stand apart", () => {
  expect(antennasByZone(reader)).toEqual([
    { zoneId: null, antennas: ["1", "10"] },
    { zoneId: "dock", antennas: ["2"] },
  ]);
  expect(antennasByZone({ ...reader, defaultZoneId: "dock" })).toEqual([
    { zoneId: "dock", antennas: ["1", "2", "10", "others"] },
  ]);
});
