import { describe, expect, it } from "vitest";
import { READER_NOTICE_KINDS, readerHealthSchema } from "../../domain/reader.ts";
import { readerMappingSchema } from "../../domain/reader-mapping.ts";
import { compileMapping } from "../../ingest/adapters/mapping/compile-mapping.ts";
import { NO_MAPPINGS } from "../../ingest/adapters/mapping/reader-mappings.ts";
import { parseTopic } from "../../ingest/adapters/parse-topic.ts";
import { understandMessage } from "../../ingest/adapters/understand-message.ts";
import { readProjectFile, sectionOf, tableRows } from "./source-text.ts";

const document = readProjectFile("docs/readers.md");
/** A topic alone on its line, then the message as JSON. */
const messages = [...document.matchAll(/^`(onhand\/[^`]+)`\n\n```json\n([\s\S]*?)```/gm)].map(
  ([, topic = "", text = ""]) => ({ topic, text }),
);
const mappings = [
  ...document.matchAll(/```json mapping\n([\s\S]*?)```\n\n```(?:json|csv) message\n([\s\S]*?)```/g),
].map(([, mapping = "", text = ""]) => ({ mapping, text }));
/** The same sight of the same tag in every format. */
const sight = { epcHex: "30164433400D1EC0000003E9", observedAtMs: Date.parse("2026-01-15T09:30:00.225Z") };
const arrivedAtMs = Date.parse("2026-01-15T09:30:01Z");

function understand(topic: string, text: string, more = NO_MAPPINGS) {
  return understandMessage(parseTopic("onhand", topic)!, Buffer.from(text), arrivedAtMs, more);
}

describe("the examples of docs/readers.md", () => {
  it("are there", () => {
    expect(messages.length).toBeGreaterThanOrEqual(5);
    expect(mappings.length).toBeGreaterThanOrEqual(5);
  });

  it.each(messages)("are understood whole: $topic", ({ topic, text }) => {
    expect(understand(topic, text)).toMatchObject({ kind: "reads", refused: [], reads: [sight] });
  });

  it("are understood whole: the table", () => {
    const [, text = ""] = /```csv\n([\s\S]*?)```/.exec(document) ?? [];
    expect(understand("onhand/s/rfid/r", text)).toMatchObject({ format: "csv", refused: [], reads: [sight] });
  });

  it.each(mappings)("describe their message: $mapping", ({ mapping, text }) => {
    const compiled = compileMapping("doc", readerMappingSchema.parse(JSON.parse(mapping)));
    const only = { first: [], rest: [compiled] };
    expect(understand("onhand/s/rfid/r", text, only)).toMatchObject({
      format: "mapping:doc",
      refused: [],
      reads: [sight],
    });
  });
});

describe("docs/readers.md", () => {
  const named = (section: string) =>
    tableRows(sectionOf(document, section)).flatMap(([first = ""]) =>
      [...first.matchAll(/`([a-zA-Z_]+)`/g)].map(([, name]) => name ?? ""),
    );

  it("names every kind of notice", () => {
    expect(named("Notices").sort()).toEqual([...READER_NOTICE_KINDS].sort());
  });

  it("names the members of health that say how a reader is", () => {
    const plain = new Set([
      "locationId",
      "readerId",
      "format",
      "lastHeardAt",
      "readsPerSecond",
      "reads",
      "rejected",
      "waitingReads",
      "antennasSeen",
    ]);
    const members = Object.keys(readerHealthSchema.shape).filter((name) => !plain.has(name));
    expect(named("Health")).toEqual(expect.arrayContaining(members));
  });

  it("names every member of a mapping", () => {
    expect(named("Mappings").sort()).toEqual(Object.keys(readerMappingSchema.shape).sort());
  });
});
