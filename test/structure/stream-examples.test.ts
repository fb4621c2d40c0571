import { describe, expect, it } from "vitest";
import { clientFrameSchema, serverFrameSchema } from "../../domain/availability/stream-frames.ts";
import { sortThresholds, thresholdBand } from "../../domain/availability/threshold-band.ts";
import { readProjectFile } from "./source-text.ts";

const document = readProjectFile("docs/stream.md");
const examples = [...document.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = ""]) => JSON.parse(text));
const CLIENT_TYPES = new Set(["authenticate", "subscribe", "unsubscribe", "pong"]);

describe("the examples of docs/stream.md", () => {
  it("show every kind of frame that the server sends", () => {
    const types = examples.map((frame) => frame.type);
    expect(types).toEqual(expect.arrayContaining(["ready", "snapshot", "changes", "ping", "error"]));
  });

  it.each(examples)("are frames as the schemas have them: $type", (frame) => {
    const schema = CLIENT_TYPES.has(frame.type) ? clientFrameSchema : serverFrameSchema;
    expect(schema.parse(frame)).toEqual(frame);
  });

  it("say of each crossing in the table what is true", () => {
    const rows = [...document.matchAll(/^\| (\d+) → (\d+) \| (yes|no)/gm)];
    expect(rows.length).toBe(5);
    const band = (text: string | undefined) => thresholdBand(sortThresholds([0, 5]), Number(text));
    for (const [, from, to, told] of rows) expect(band(from) !== band(to) ? "yes" : "no").toBe(told);
  });
});
