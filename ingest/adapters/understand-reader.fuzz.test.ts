import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readerMappingSchema } from "../../domain/reader-mapping.ts";
import { READER_MESSAGES } from "../../test/support/reader-messages.ts";
import { createReaderMappings } from "./mapping/reader-mappings.ts";
import { parseTopic } from "./parse-topic.ts";
import { understandMessage } from "./understand-message.ts";
import type { Understood } from "./understood.ts";

const isLong = process.env["ONHAND_LONG"] === "1";
const times = isLong ? 10 : 1;

const topic = parseTopic("onhand", "onhand/s/rfid/r");
if (topic === null) throw new Error("not a topic");
/** One that knows what nothing else does, and one that is asked first. */
const mappings = createReaderMappings([
  {
    name: "gate",
    locationId: null,
    readerId: null,
    mapping: readerMappingSchema.parse({
      reads: "payload.tags",
      epc: { path: "id", encoding: "base64" },
      time: "last",
      antenna: { path: "ant", offset: 1 },
      reader: "$.gate.serial",
    }),
  },
  {
    name: "first",
    locationId: null,
    readerId: "r",
    mapping: readerMappingSchema.parse({ input: "csv", epc: "Tag", time: "Seen" }),
  },
]).of("s", "r");

const KINDS = new Set(["reads", "control", "heartbeat", "readerOffline", "rejected"]);

/** What is wrong with a verdict; empty text for a good one. By hand, not by `expect`: it runs hundreds of thousands of times. */
function faultOf(understood: Understood): string {
  if (!KINDS.has(understood.kind)) return `the kind ${understood.kind}`;
  if (understood.kind === "rejected") return understood.detail === "" ? "rejected without a reason" : "";
  if (understood.kind !== "reads") return "";
  for (const read of understood.reads) {
    if (!/^([0-9A-F]{2}){1,62}$/.test(read.epcHex)) return `epcHex ${read.epcHex}`;
    if (!Number.isInteger(read.observedAtMs) || read.observedAtMs < 0)
      return `observedAtMs ${read.observedAtMs}`;
    if (!(Number.isNaN(read.rssiDbm) || Math.abs(read.rssiDbm) <= 200)) return `rssiDbm ${read.rssiDbm}`;
    if (!Number.isInteger(read.antenna) || read.antenna < -1) return `antenna ${read.antenna}`;
    if (!Number.isInteger(read.readCount) || read.readCount < 1) return `readCount ${read.readCount}`;
  }
  for (const sign of understood.signs) if (!Number.isFinite(sign.atMs)) return `atMs ${sign.atMs}`;
  for (const run of understood.eventRuns) if (run.last < run.first) return `run ${run.first} to ${run.last}`;
  return "";
}

function judge(bytes: Uint8Array): void {
  if (topic === null) return;
  const fault = faultOf(understandMessage(topic, bytes, 0, mappings));
  if (fault !== "") throw new Error(`${fault} of ${Buffer.from(bytes).toString("utf8")}`);
}

const samples = READER_MESSAGES.map((text) => Buffer.from(text));
/** What stands in a message's bytes after a fault: another byte, a part gone, a part twice, a piece of another message. */
const spoil = fc.tuple(
  fc.nat({ max: samples.length - 1 }),
  fc.array(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 0xffff }), fc.nat({ max: 0xffff })), {
    minLength: 1,
    maxLength: 4,
  }),
);

function spoiled(sample: Buffer, steps: readonly (readonly [number, number, number])[]): Buffer {
  let bytes = Buffer.from(sample);
  for (const [how, a, b] of steps) {
    const at = a % (bytes.length + 1);
    const to = Math.min(bytes.length, at + (b % 40));
    const other = samples[b % samples.length] ?? sample;
    if (how === 0 && at < bytes.length) bytes[at] = b & 0xff;
    else if (how === 1) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]);
    else if (how === 2) bytes = Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]);
    else if (how === 3)
      bytes = Buffer.concat([bytes.subarray(0, at), other.subarray(b % 60), bytes.subarray(at)]);
  }
  return bytes;
}

const ODD: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  "",
  "x",
  "-0",
  "9".repeat(400),
  [],
  {},
  [[]],
  [null],
  { a: {} },
];
const objects = READER_MESSAGES.filter((text) => /^[[{]/.test(text));

/** The message with one of its values, found by a walk that `path` steers, put to something odd. */
function withOddValue(text: string, path: readonly number[], odd: number): string {
  const message: unknown = JSON.parse(text);
  let holder = message as Record<string, unknown>;
  for (const step of path) {
    const names = Object.keys(holder);
    const name = names[step % Math.max(1, names.length)];
    if (name === undefined) break;
    const value = holder[name];
    if (typeof value !== "object" || value === null || step % 5 === 0) {
      holder[name] = ODD[odd % ODD.length];
      break;
    }
    holder = value as Record<string, unknown>;
  }
  return JSON.stringify(message);
}

/** What went wrong, with the seed and the shortest message that shows it; empty text when nothing did. */
function failureOf<Message>(
  messages: fc.Arbitrary<Message>,
  numRuns: number,
  judgeOne: (message: Message) => void,
): string {
  const run = fc.check(fc.property(messages, judgeOne), { numRuns: numRuns * times });
  return fc.defaultReportMessage(run) ?? "";
}

describe("a reader's message, a hundred thousand times", () => {
  it("of random bytes is judged, never thrown", () => {
    expect(failureOf(fc.uint8Array({ maxLength: 60 }), 15_000, judge)).toBe("");
  });

  it("of random JSON is judged, never thrown", () => {
    expect(failureOf(fc.json({ maxDepth: 3 }), 10_000, (text) => judge(Buffer.from(text)))).toBe("");
  });

  it("of every format, its bytes spoiled, is judged, never thrown", () => {
    expect(
      failureOf(spoil, 45_000, ([sample, steps]) =>
        judge(spoiled(samples[sample] ?? Buffer.alloc(0), steps)),
      ),
    ).toBe("");
  });

  it("of every format, with odd values in it, is judged, never thrown", () => {
    const odd = fc.tuple(
      fc.nat({ max: objects.length - 1 }),
      fc.array(fc.nat({ max: 999 }), { minLength: 1, maxLength: 6 }),
      fc.nat({ max: ODD.length - 1 }),
    );
    expect(
      failureOf(odd, 30_000, ([sample, path, value]) =>
        judge(Buffer.from(withOddValue(objects[sample] ?? "{}", path, value))),
      ),
    ).toBe("");
  });

  it("as it is, is understood: what is spoiled above is no nonsense to begin with", () => {
    for (const [index, sample] of samples.entries()) {
      const understood = understandMessage(topic, sample, 0, mappings);
      const refused = understood.kind === "reads" ? understood.refused : [];
      expect({ index, isRejected: understood.kind === "rejected", refused }).toEqual({
        index,
        isRejected: false,
        refused: [],
      });
    }
  });
});
