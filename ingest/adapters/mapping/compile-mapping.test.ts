import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readerMappingSchema } from "../../../domain/reader-mapping.ts";
import { understandReader } from "../understand-reader.ts";
import { createReaderMappings } from "./reader-mappings.ts";

const EPC = "3074257BF7194E4000001A85";
const SEEN_AT_MS = Date.parse("2026-09-07T12:50:36.194Z");
const read = (more: object = {}) => ({
  epcHex: EPC,
  observedAtMs: SEEN_AT_MS,
  rssiDbm: Number.NaN,
  antenna: -1,
  readerId: null,
  readCount: 1,
  ...more,
});

function mappings(mapping: object, of: { locationId?: string; readerId?: string } = {}) {
  return createReaderMappings([
    {
      name: "acme",
      locationId: of.locationId ?? null,
      readerId: of.readerId ?? null,
      mapping: readerMappingSchema.parse(mapping),
    },
  ]);
}

function understand(mapping: object, message: unknown) {
  const text = typeof message === "string" ? message : JSON.stringify(message);
  return understandReader(text, SEEN_AT_MS, mappings(mapping).of("store-1", "r1"));
}

describe("a mapping", () => {
  it.each([
    [
      "a list of objects under a member, with everything",
      {
        reads: "payload.tags",
        epc: { path: "id", encoding: "base64" },
        time: { path: "seen.last", unit: "seconds" },
        antenna: { path: "port", offset: 1 },
        rssi: { path: "rssi", unit: "dBm/10" },
        readCount: "hits",
        reader: "$.gate.serial",
      },
      {
        gate: { serial: "G-7" },
        payload: {
          tags: [
            { id: "MHQle_cZTkAAABqF", seen: { last: SEEN_AT_MS / 1000 }, port: 0, rssi: "-525", hits: "3" },
          ],
        },
      },
      read({ antenna: 1, rssiDbm: -52.5, readCount: 3, readerId: "G-7" }),
    ],
    ["one read that is the message", { epc: "code", time: "at" }, { code: EPC, at: SEEN_AT_MS }, read()],
    ["an array of such messages", { epc: "code", time: "at" }, [{ code: EPC, at: SEEN_AT_MS }], read()],
    [
      "lists in a list, with what encloses them",
      { reads: "ports.tags", epc: "e", time: "^.at", antenna: "^.number", reader: "^^.name" },
      { name: "gate", ports: [{ number: 4, at: SEEN_AT_MS, tags: [{ e: EPC }] }] },
      read({ antenna: 4, readerId: "gate" }),
    ],
    [
      "arrays instead of objects",
      { reads: "rows", epc: "0", time: "1", rssi: { path: "2", unit: "dBm/100" } },
      { rows: [[EPC, SEEN_AT_MS, -4150]] },
      read({ rssiDbm: -41.5 }),
    ],
    [
      "names with dots, antennas with names",
      { reads: ["data.set"], epc: ["e.pc"], time: "t", antenna: { path: "a", names: { north: 7 } } },
      { "data.set": [{ "e.pc": `0x${EPC.toLowerCase()}`, t: SEEN_AT_MS, a: "north" }] },
      read({ antenna: 7 }),
    ],
    [
      "a time without a zone, when the mapping knows it",
      { epc: "e", time: { path: "t", utcOffset: "+02:00" } },
      { e: EPC, t: "2026-09-07 14:50:36.194" },
      read(),
    ],
    [
      "nanoseconds",
      { epc: "e", time: { path: "t", unit: "nanoseconds" } },
      { e: EPC, t: SEEN_AT_MS * 1e6 },
      read(),
    ],
    [
      "a URI",
      { epc: { path: "e", encoding: "uri" }, time: "t" },
      { e: "urn:epc:tag:sgtin-96:3.0614141.812345.6789", t: SEEN_AT_MS },
      read(),
    ],
    [
      "columns of a table",
      { input: "csv", epc: "Tag", time: { path: "Seen (UTC)", utcOffset: "+00:00" }, antenna: "Gate" },
      `Tag;Gate;Seen (UTC)\n${EPC};3;2026-09-07 12:50:36.194\n`,
      read({ antenna: 3 }),
    ],
  ])("finds the reads in %s", (_name, mapping, message, expected) => {
    expect(understand(mapping, message)).toMatchObject({
      kind: "reads",
      format: "mapping:acme",
      reads: [expected],
      refused: [],
    });
  });

  const simple = { reads: "tags", epc: "e", time: "t" };

  it("refuses what is not a read, one by one, and keeps the others", () => {
    const tags = [{ e: EPC, t: SEEN_AT_MS }, { e: "XYZ", t: 1 }, { t: 1 }, { e: EPC }, { e: EPC, t: "soon" }];
    expect(understand(simple, { tags })).toMatchObject({
      reads: [read()],
      refused: [
        { code: "epc_bad_hex" },
        { code: "read_without_epc" },
        { code: "read_without_time" },
        { code: "read_bad_time" },
      ],
    });
  });

  it("is not asked about formats that are known, unless it names the reader", () => {
    const impinj = {
      eventType: "tagInventory",
      timestamp: "2026-09-07T12:50:36.194Z",
      tagInventoryEvent: { epcHex: EPC },
      tags: [{ e: EPC, t: SEEN_AT_MS + 1 }],
    };
    const text = JSON.stringify(impinj);
    const forAll = mappings(simple);
    expect(understandReader(text, 0, forAll.of("store-1", "r1"))).toMatchObject({ format: "impinj" });
    const forOne = mappings(simple, { readerId: "r1" });
    expect(understandReader(text, 0, forOne.of("store-1", "r1"))).toMatchObject({ format: "mapping:acme" });
    expect(understandReader(text, 0, forOne.of("store-1", "r2"))).toMatchObject({ format: "impinj" });
    const elsewhere = mappings(simple, { locationId: "store-2", readerId: "r1" });
    expect(understandReader(text, 0, elsewhere.of("store-1", "r1"))).toMatchObject({ format: "impinj" });
  });

  it("leaves what is of another form to the next, and to the refusal that names its members", () => {
    expect(understand(simple, { other: 1 })).toMatchObject({
      kind: "rejected",
      code: "message_format_unknown",
    });
    expect(understand(simple, { tags: [] })).toMatchObject({ kind: "rejected" });
    const twice = createReaderMappings([
      { name: "a", locationId: null, readerId: null, mapping: readerMappingSchema.parse(simple) },
      {
        name: "b",
        locationId: null,
        readerId: null,
        mapping: readerMappingSchema.parse({ ...simple, reads: "x" }),
      },
    ]);
    const message = JSON.stringify({ x: [{ e: EPC, t: SEEN_AT_MS }] });
    expect(understandReader(message, 0, twice.of("s", "r"))).toMatchObject({ format: "mapping:b" });
  });

  it("knows its messages by `when`, also those without reads, and counts those that it is told to ignore", () => {
    const mapping = { ...simple, when: [{ path: "kind", equals: "acme" }], ignore: [{ path: "alive" }] };
    expect(understand(mapping, { kind: "acme", tags: [] })).toMatchObject({ kind: "reads", reads: [] });
    expect(understand(mapping, { kind: "acme", alive: true })).toMatchObject({
      kind: "control",
      control: "ignored",
    });
    expect(understand(mapping, { kind: "other", tags: [{ e: EPC, t: SEEN_AT_MS }] })).toMatchObject({
      kind: "rejected",
    });
  });

  it("never sees what was not sent", () => {
    for (const path of ["constructor", "__proto__", "toString.name", "length"]) {
      expect(understand({ epc: path, time: "t" }, { t: SEEN_AT_MS })).toMatchObject({ kind: "rejected" });
    }
  });

  it("never throws, whatever the message, and whatever the mapping", () => {
    const names = fc.constantFrom("$", "^", "^^.a", "a", "a.b", "a.0", "0", "b.a.c", "$.a");
    const mapping = fc.record({
      reads: names,
      epc: fc.record({ path: names, encoding: fc.constantFrom("hex", "base64", "uri") }),
      time: fc.record({ path: names, unit: fc.constantFrom("auto", "seconds", "nanoseconds") }),
      antenna: fc.record({ path: names, offset: fc.integer({ min: -10, max: 10 }) }),
      rssi: fc.record({ path: names }),
      reader: names,
      when: fc.array(fc.record({ path: names }), { maxLength: 1 }),
    });
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: "small" },
        fc.constantFrom(EPC, SEEN_AT_MS, 1e300, -1e300, "", null, true, -3),
        fc.array(tie("any"), { maxLength: 3 }),
        fc.record({ a: tie("any"), b: tie("any"), c: tie("any") }, { requiredKeys: [] }),
      ),
    })).any;
    fc.assert(
      fc.property(mapping, value, (described, message) => {
        const understood = understand(described, message);
        expect(["reads", "rejected", "control", "readerOffline"]).toContain(understood.kind);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("a mapping file", () => {
  it.each([
    [{}, "epc"],
    [{ epc: "e" }, "time"],
    [{ epc: "e", time: "t", rsi: "r" }, "rsi"],
    [{ epc: { path: "e", encoding: "text" }, time: "t" }, "epc"],
    [{ epc: "", time: "t" }, "epc"],
    [{ epc: "e", time: { path: "t", utcOffset: "2h" } }, "utcOffset"],
  ])("%j is refused, with the place", (mapping, place) => {
    const parsed = readerMappingSchema.safeParse(mapping);
    expect(parsed.success).toBe(false);
    expect(JSON.stringify(parsed.error?.issues)).toContain(place);
  });
});
