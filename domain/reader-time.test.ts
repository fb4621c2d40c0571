import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseReaderTime } from "./reader-time.ts";

const iso = (value: unknown): string => new Date(parseReaderTime(value)).toISOString();

describe("a reader's time", () => {
  it.each([
    ["2023-06-28T07:24:00.225324Z", "2023-06-28T07:24:00.225Z"],
    ["2021-02-02T18:39:34.385793625Z", "2021-02-02T18:39:34.385Z"],
    ["2024-05-02T09:16:00.5Z", "2024-05-02T09:16:00.500Z"],
    ["2024-05-02T09:16:01Z", "2024-05-02T09:16:01.000Z"],
    ["2026-09-07T12:30:28.390+0000", "2026-09-07T12:30:28.390Z"],
    ["2024-09-05T01:07:01.785-0600", "2024-09-05T07:07:01.785Z"],
    ["2024-09-05T01:07:01.785+03:00", "2024-09-04T22:07:01.785Z"],
    ["2024-09-05T01:07:01+05:30", "2024-09-04T19:37:01.000Z"],
    ["2024-09-05 01:07:01+03", "2024-09-04T22:07:01.000Z"],
    ["2024-02-29T23:59:59.999Z", "2024-02-29T23:59:59.999Z"],
    ["2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"],
    [1_424_976_117, "2015-02-26T18:41:57.000Z"],
    [1_424_976_117.5, "2015-02-26T18:41:57.500Z"],
    [1_424_976_117_295, "2015-02-26T18:41:57.295Z"],
    [1_706_119_203_123_456, "2024-01-24T18:00:03.123Z"],
    ["1716900123456", "2024-05-28T12:42:03.456Z"],
    ["1716900123", "2024-05-28T12:42:03.000Z"],
    ["1706119203123456", "2024-01-24T18:00:03.123Z"],
  ])("%j is %s", (value, expected) => {
    expect(iso(value)).toBe(expected);
  });

  it.each([
    ["2024-09-05T01:07:01.785"], // no zone: the hour is anybody's guess
    ["2024-02-30T00:00:00Z"],
    ["2023-02-29T00:00:00Z"],
    ["2024-13-01T00:00:00Z"],
    ["2024-01-01T24:00:00Z"],
    ["2024-01-01T00:60:00Z"],
    ["2024-01-01T00:00:61Z"],
    ["2024-01-01T00:00:00.Z"],
    ["2024-01-01T00:00:00.1234567890Z"],
    ["2024-01-01T00:00:00+2500"],
    ["1969-12-31T23:59:59Z"],
    ["2200-01-01T00:00:00Z"],
    ["yesterday"],
    [""],
    ["NaN"],
    [-1],
    [1e18],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [null],
    [undefined],
    [true],
    [{}],
    [[1_716_900_123]],
  ])("%j is no time", (value) => {
    expect(parseReaderTime(value)).toBeNaN();
  });

  it("agrees with the platform's own reading at every instant and offset", () => {
    const instants = fc.date({
      min: new Date(0),
      max: new Date("2199-12-31T00:00:00Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, offsetMinutes) => {
        expect(parseReaderTime(date.toISOString())).toBe(date.getTime());
        const local = new Date(date.getTime() + offsetMinutes * 60_000).toISOString().slice(0, -1);
        if (!/^\d{4}-/.test(local)) return;
        const sign = offsetMinutes < 0 ? "-" : "+";
        const hours = String(Math.floor(Math.abs(offsetMinutes) / 60)).padStart(2, "0");
        const minutes = String(Math.abs(offsetMinutes) % 60).padStart(2, "0");
        expect(parseReaderTime(`${local}${sign}${hours}${minutes}`)).toBe(date.getTime());
        expect(parseReaderTime(`${local}${sign}${hours}:${minutes}`)).toBe(date.getTime());
      }),
    );
  });

  it("never throws, whatever the value", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const milliseconds = parseReaderTime(value);
        expect(Number.isNaN(milliseconds) || Number.isInteger(milliseconds)).toBe(true);
      }),
    );
  });
});
