import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it, onTestFinished } from "vitest";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { missingSharedData, sharedPath } from "../../test/support/shared-data.ts";

const MAIN = resolve(import.meta.dirname, "../../dist/onhand/main.js");

/** Runs the built command as a process of its own, as people and scripts do. */
async function onhand(args: string[], input = ""): Promise<{ exitCode: number; out: string; err: string }> {
  const child = spawn(process.execPath, [MAIN, ...args]);
  child.stdin.end(input);
  const exit = new Promise<number>((resolve) => child.once("close", (code) => resolve(code ?? -1)));
  const [out, err, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  return { exitCode, out, err };
}

function jsonLines(out: string): Record<string, unknown>[] {
  return out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function messageFile(content: string): string {
  const directory = mkdtempSync(join(tmpdir(), "onhand-inspect-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, "message.json");
  writeFileSync(file, content);
  return file;
}

describe("onhand epc", () => {
  it("decodes its arguments, one JSON object a line in their order, and fails when one is not decoded", async () => {
    const inputs = [
      "0x3074257bf7194e4000001a85",
      "3174257BF4499602D2000000",
      "301C00004000004000000001",
      "12G4",
      "FB342CDE795211411234538566CB0AFC4",
      "2D74257BF4499602D2000000",
    ];
    const { exitCode, out } = await onhand(["epc", "decode", "--json", ...inputs]);
    expect(exitCode).toBe(1);
    expect(jsonLines(out)).toMatchObject([
      {
        input: inputs[0],
        ok: true,
        scheme: "sgtin-96",
        filter: 3,
        serial: "6789",
        gtin14: "80614141123458",
        pureIdentityUri: "urn:epc:id:sgtin:0614141.812345.6789",
        tagUri: "urn:epc:tag:sgtin-96:3.0614141.812345.6789",
        elementString: "(01)80614141123458(21)6789",
        digitalLink: "https://id.gs1.org/01/80614141123458/21/6789",
      },
      {
        input: inputs[1],
        ok: true,
        scheme: "sscc-96",
        gtin14: null,
        serial: null,
        sscc: "106141412345678908",
      },
      {
        input: inputs[2],
        ok: false,
        code: "epc_partition_invalid",
        rawUri: "urn:epc:raw:96.x301C00004000004000000001",
      },
      { input: inputs[3], ok: false, code: "epc_bad_hex" },
      {
        input: inputs[4],
        ok: true,
        scheme: "DSGTIN+",
        pureIdentityUri: null,
        elementString: "(01)79521141123453(21)32a/b(17)220630",
      },
      { input: inputs[5], ok: false, code: "epc_scheme_not_decoded", scheme: "gsrn-96" },
    ]);
  });

  it("reads standard input where there are no arguments, and is done when all is decoded", async () => {
    const { exitCode, out } = await onhand(["epc", "decode"], "\n 3074257BF7194E4000001A85 \r\n\n");
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^EPC +SCHEME +KEY.*\n3074257BF7194E4000001A85 +sgtin-96 +80614141123458 +6789 /);
  });

  it("encodes URIs, and Digital Links whose prefix length is said", async () => {
    const inputs = [
      "urn:epc:tag:sgtin-96:3.0614141.812345.6789",
      "https://id.gs1.org/01/80614141123458/21/6789",
      "urn:epc:id:sgtin:0614141.812345.32a%2Fb",
    ];
    const { exitCode, out } = await onhand(["epc", "encode", "--json", "--prefix-length", "7", ...inputs]);
    expect(exitCode).toBe(0);
    expect(jsonLines(out)).toMatchObject([
      { input: inputs[0], ok: true, hex: "3074257BF7194E4000001A85", bits: 96 },
      { input: inputs[1], ok: true, hex: "3014257BF7194E4000001A85", bits: 96 },
      { input: inputs[2], ok: true, scheme: "sgtin-198", bits: 198, serial: "32a/b" },
    ]);
    const refused = await onhand([
      "epc",
      "encode",
      "--json",
      inputs[1] ?? "",
      "urn:epc:tag:sgtin-96:3.0614141.812345.01",
    ]);
    expect(refused.exitCode).toBe(1);
    expect(jsonLines(refused.out)).toMatchObject([
      { ok: false, code: "epc_prefix_length_unknown" },
      { ok: false, code: "epc_serial_leading_zero" },
    ]);
  });

  it("encodes element strings and URIs with a filter, a length, and a list of prefixes", async () => {
    const list = messageFile("# ours\n0614141\n");
    const flags = ["--json", "--filter", "1", "--bits", "198", "--prefix-list", list];
    const inputs = [
      "(01)80614141123458(21)6789",
      "urn:epc:id:sgtin:0614141.812345.6789",
      "(00)106141412345678908",
    ];
    const { exitCode, out } = await onhand(["epc", "encode", ...flags, ...inputs]);
    expect(exitCode).toBe(1);
    expect(jsonLines(out)).toMatchObject([
      { ok: true, scheme: "sgtin-198", bits: 198, tagUri: "urn:epc:tag:sgtin-198:1.0614141.812345.6789" },
      { ok: true, scheme: "sgtin-198", bits: 198, filter: 1 },
      { ok: false, code: "epc_length_not_of_scheme" },
    ]);
  });

  it("takes control fields and raw URIs with a toggle bit both ways", async () => {
    const iso = "urn:epc:raw:96.xA9.x3074257BF7194E4000001A85";
    const controlled = "urn:epc:tag:[att=x01][umi=1]:sgtin-96:3.0614141.812345.6789";
    const encoded = await onhand(["epc", "encode", "--json", iso, controlled]);
    expect(jsonLines(encoded.out)).toMatchObject([
      { ok: true, hex: "3074257BF7194E4000001A85", applicationFamily: "A9", scheme: null, rawUri: iso },
      { ok: true, hex: "3074257BF7194E4000001A85", controlFields: { att: "01", umi: "1", xpc: null } },
    ]);
    const hex = "3074257BF7194E4000001A85";
    expect(jsonLines((await onhand(["epc", "decode", "--json", "--pc", "3401", hex])).out)).toMatchObject([
      { ok: true, tagUri: controlled, pureIdentityUri: "urn:epc:id:sgtin:0614141.812345.6789" },
    ]);
    expect(jsonLines((await onhand(["epc", "decode", "--json", "--pc", "31A9", hex])).out)).toMatchObject([
      { ok: false, code: "epc_not_an_epc", rawUri: iso },
    ]);
  });

  it("answers thousands of lines in their order", async () => {
    const lines = Array.from({ length: 5000 }, (_, index) =>
      index % 10 === 9 ? `no${index}` : `3074257BF7194E40${index.toString(16).padStart(8, "0")}`,
    );
    const { exitCode, out } = await onhand(["epc", "decode", "--json", "-"], lines.join("\n"));
    expect(exitCode).toBe(1);
    const rows = jsonLines(out);
    expect(rows.map(({ input }) => input)).toEqual(lines);
    expect(rows.filter(({ ok }) => ok === false)).toHaveLength(500);
  });

  it("ends with 2 on wrong usage", async () => {
    expect((await onhand(["epc", "encode", "--prefix-list", "no-such-file", "urn:x"])).exitCode).toBe(2);
    expect((await onhand(["epc", "encode", "--bits", "97", "urn:x"])).exitCode).toBe(2);
    expect((await onhand(["epc", "encode", "--prefix-length", "5", "urn:x"])).exitCode).toBe(2);
    expect((await onhand(["epc", "decode", "--colour"])).exitCode).toBe(2);
  });
});

describe("onhand gtin check", () => {
  it("says of each code whether it is a GTIN", async () => {
    const { exitCode, out } = await onhand(["gtin", "check", "--json"], "5901234123457\n5901234123458\n");
    expect(exitCode).toBe(1);
    expect(jsonLines(out)).toMatchObject([
      { input: "5901234123457", ok: true, kind: "GTIN-13", gtin14: "05901234123457" },
      { input: "5901234123458", ok: false, code: "gtin_check_digit" },
    ]);
    const many = ["80614141123458", "614141007349", "106141412345678908", "106141412345678909", "12"];
    const codes = await onhand(["gtin", "check", "--json", ...many]);
    expect(jsonLines(codes.out)).toMatchObject([
      { ok: true, kind: "GTIN-14" },
      { ok: true, kind: "GTIN-12", gtin14: "00614141007349" },
      { ok: true, kind: "SSCC", sscc: "106141412345678908", gtin14: null },
      { ok: false, code: "gs1_key_check_digit" },
      { ok: false, code: "gtin_length" },
    ]);
    expect(await onhand(["gtin", "check", "96385074"])).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining("00000096385074"),
    });
  });
});

describe("onhand inspect", () => {
  it("shows the reads of a message decoded, and what is refused of it", async () => {
    const lines = [
      '{"epc":"3074257BF7194E4000001A85","lastSeenAt":"2024-05-02T12:15:02.101+03:00","antenna":2}',
      '{"epc":"307"}',
    ];
    const file = messageFile(lines.join("\n"));
    const { exitCode, out } = await onhand(["inspect", "--json", file]);
    expect(exitCode).toBe(1);
    expect(jsonLines(out)).toMatchObject([
      {
        input: file,
        ok: false,
        kind: "reads",
        format: "onhand",
        reads: [
          {
            epcHex: "3074257BF7194E4000001A85",
            observedAt: "2024-05-02T09:15:02.101Z",
            antenna: 2,
            rssiDbm: null,
            gtin14: "80614141123458",
            pureIdentityUri: "urn:epc:id:sgtin:0614141.812345.6789",
            epcCode: null,
          },
        ],
        refused: [{ index: 1, code: "epc_bad_length" }],
      },
    ]);
    const human = await onhand(["inspect", file]);
    expect(human.out).toMatch(
      /onhand, 1 read, 1 refused\n.*\n2024-05-02T09:15:02\.101Z  2 .*\n +refused, number 1 \(epc_bad_length\)/,
    );
  });

  it("judges a till's message by the topic that is given", async () => {
    const file = messageFile(
      '{"type":"sale","terminalId":"T1","transactionId":"1","occurredAt":"2024-05-02T09:15:02Z","locationId":"a","lines":[{"lineNo":1,"gtin":"5901234123457","quantity":1}]}',
    );
    const told = await onhand(["inspect", "--json", file]);
    expect(told.exitCode).toBe(0);
    expect(jsonLines(told.out)).toMatchObject([
      { kind: "till", topic: "onhand/a/pos/T1", event: { lines: [{ gtin: "05901234123457" }] } },
    ]);
    const given = await onhand(["inspect", "--json", "--topic", "acme/eu/b/pos/T1", file]);
    expect(given.exitCode).toBe(1);
    expect(jsonLines(given.out)).toMatchObject([{ kind: "rejected", code: "location_mismatch" }]);
    expect((await onhand(["inspect", "--topic", "acme/b", file])).exitCode).toBe(2);
  });

  it("names a file that can't be read and goes on", async () => {
    const good = messageFile("");
    const { exitCode, out } = await onhand([
      "inspect",
      "--json",
      join(tmpdir(), "onhand-no-such-file"),
      good,
    ]);
    expect(exitCode).toBe(1);
    expect(jsonLines(out)).toMatchObject([
      { ok: false, code: "file_unreadable" },
      { ok: true, kind: "control", control: "empty" },
    ]);
  });

  it("tries a mapping out on a message that nothing else understands", async () => {
    const message = messageFile('{"tags":[{"id":"3074257BF7194E4000001A85","t":1714641302101},{"id":"3"}]}');
    const mapping = messageFile('{"reads":"tags","epc":"id","time":"t"}');
    const without = await onhand(["inspect", "--json", message]);
    expect(jsonLines(without.out)).toMatchObject([{ kind: "rejected", code: "message_format_unknown" }]);
    const { exitCode, out } = await onhand(["inspect", "--json", "--mapping", mapping, message]);
    expect(exitCode).toBe(1);
    expect(jsonLines(out)).toMatchObject([
      {
        format: "mapping:message",
        reads: [{ epcHex: "3074257BF7194E4000001A85", observedAt: "2024-05-02T09:15:02.101Z" }],
        refused: [{ code: "epc_bad_length" }],
      },
    ]);
    const wrong = await onhand(["inspect", "--mapping", messageFile('{"epc":"id","tim":"t"}'), message]);
    expect(wrong.exitCode).toBe(2);
    expect(wrong.err).toMatch(/mapping_invalid.*tim/s);
  });

  it("says what a reader tells of itself, and that it lost reads", async () => {
    const file = messageFile(
      '[{"epc":"3074257BF7194E4000001A85","lastSeenAt":1714641302101},{"eventType":"overflow","overflowEvent":{"eventsPurged":12}}]',
    );
    const { out } = await onhand(["inspect", file]);
    expect(out).toMatch(/the reader says overflow \(error\): {"eventsPurged":12}/);
    const [told] = jsonLines((await onhand(["inspect", "--json", file])).out);
    expect(told).toMatchObject({ signs: [{ control: "overflow", level: "error", lostReads: 12 }] });
  });

  const missing = missingSharedData("rfid/readers/impinj/tag-inventory-full.json");
  it.skipIf(missing !== null)(`takes a reader's own file as it is ${missing ?? ""}`, async () => {
    const { exitCode, out } = await onhand([
      "inspect",
      "--json",
      sharedPath("rfid/readers/impinj/tag-inventory-full.json"),
    ]);
    expect(exitCode).toBe(0);
    expect(jsonLines(out)).toMatchObject([
      {
        format: "impinj",
        reads: [
          { epcHex: "E2C451A3A5011FA00F354693", rssiDbm: -57.5, antenna: 2, epcCode: "epc_tid_header" },
        ],
      },
    ]);
  });
});
