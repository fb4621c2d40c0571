import { describe, expect, it } from "vitest";
import { parseReplayFlags, type ReplayFlags } from "./replay-options.ts";

const now = new Date("2026-03-01T12:00:00Z");
const parse = (flags: Partial<ReplayFlags>) =>
  parseReplayFlags({ from: "2026-03-01T11:00:00Z", location: [], set: [], readPoint: [], ...flags }, now);

describe("the words of `onhand replay`", () => {
  it("are read: settings, read points with and without an antenna, and an end that is now", () => {
    const parsed = parse({
      set: ["minReads=3", "absence=false", "missingAbove=0.9"],
      readPoint: ["store-1/reader-1/3:minReads=2,minRssiDbm=-60", "store-1/reader-2:minReads=4"],
      location: ["store-1"],
      warmUp: "60",
    });
    expect(parsed).toEqual({
      ok: true,
      value: {
        from: "2026-03-01T11:00:00Z",
        to: "2026-03-01T12:00:00.000Z",
        locations: ["store-1"],
        set: { minReads: 3, absence: false, missingAbove: 0.9 },
        readPoints: [
          {
            locationId: "store-1",
            readerId: "reader-1",
            antenna: 3,
            minReads: 2,
            windowMs: 30_000,
            minRssiDbm: -60,
          },
          {
            locationId: "store-1",
            readerId: "reader-2",
            antenna: null,
            minReads: 4,
            windowMs: 30_000,
            minRssiDbm: null,
          },
        ],
        warmUpSeconds: 60,
        includeImported: false,
        examples: 100,
      },
    });
  });

  it.each([
    [{ from: "yesterday" }, "from"],
    [{ from: "2026-03-01T13:00:00Z" }, "is not after"],
    [{ set: ["minReads"] }, "name=value"],
    [{ set: ["minReads=three"] }, "name=value"],
    [{ set: ["minRead=3"] }, "minRead"],
    [{ set: ["minReads=0"] }, "minReads"],
    [{ readPoint: ["reader-1:minReads=2"] }, "location/reader/antenna"],
    [{ readPoint: ["s/r/a:minReads=2"] }, "antenna"],
    [{ warmUp: "long" }, "warmUpSeconds"],
  ] satisfies [Partial<ReplayFlags>, string][])(
    "that cannot be read are refused with a word about it: %j",
    (flags, word) => {
      const parsed = parse(flags);
      expect(parsed.ok ? "taken" : parsed.detail).toContain(word);
    },
  );
});
