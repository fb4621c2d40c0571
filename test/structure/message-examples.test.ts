import { describe, expect, it } from "vitest";
import { alertSchema } from "../../domain/alert.ts";
import { movementsMessageSchema } from "../../domain/movement.ts";
import { receiptSchema } from "../../domain/receipt.ts";
import { parseTopic } from "../../ingest/adapters/parse-topic.ts";
import { understandMessage } from "../../ingest/adapters/understand-message.ts";
import { readProjectFile } from "./source-text.ts";

const document = readProjectFile("docs/messages.md");
/** A topic alone on its line, then the message as JSON. */
const examples = [...document.matchAll(/^`(onhand\/[^`]+)`\n\n```json\n([\s\S]*?)```/gm)].map(
  ([, topic = "", text = ""]) => ({ topic, text }),
);
/** The same tag in every reader's format. */
const item = { epcHex: "30164433400D1EC0000003E9" };
const arrivedAtMs = Date.parse("2026-01-15T12:30:00Z");

describe("the examples of docs/messages.md", () => {
  it("are there for every kind of message", () => {
    expect(examples.length).toBeGreaterThanOrEqual(11);
    for (const kind of ["rfid", "pos", "stock"]) {
      expect(examples.some(({ topic }) => topic.split("/")[2] === kind)).toBe(true);
    }
  });

  it.each(examples)("are understood whole: $topic", ({ topic, text }) => {
    const parsed = parseTopic("onhand", topic)!;
    const understood = understandMessage(parsed, Buffer.from(text), arrivedAtMs);
    const whole = {
      rfid: { kind: "reads", refused: [], reads: expect.arrayContaining([expect.objectContaining(item)]) },
      pos: { kind: "till" },
      stock: { kind: "stock" },
    };
    expect(understood).toMatchObject(whole[parsed.kind]);
  });

  it("show what comes out as the schemas have it", () => {
    const out = document.slice(document.indexOf("## What comes out"), document.indexOf("## Try it"));
    const [receipt, movements, alert] = [...out.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) =>
      JSON.parse(text ?? ""),
    );
    expect(receiptSchema.parse(receipt)).toEqual(receipt);
    expect(movementsMessageSchema.parse(movements)).toEqual(movements);
    expect(alertSchema.parse(alert)).toEqual(alert);
  });
});
