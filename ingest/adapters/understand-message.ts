import { type MappingsOfReader, NO_MAPPINGS } from "./mapping/reader-mappings.ts";
import type { ParsedTopic } from "./parse-topic.ts";
import { understandReader } from "./understand-reader.ts";
import { understandStock } from "./understand-stock.ts";
import { understandTill } from "./understand-till.ts";
import type { Understood } from "./understood.ts";

export type { Understood } from "./understood.ts";

/**
 * What a message is, by its topic, its bytes, and the mappings of its reader. It never throws: what can't be understood is `rejected` with a
 * code of docs/errors.md. Times before or after what is plausible are not judged here.
 */
export function understandMessage(
  topic: ParsedTopic,
  payload: Uint8Array,
  receivedAtMs: number,
  mappings: MappingsOfReader = NO_MAPPINGS,
): Understood {
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  const hasByteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const text = hasByteOrderMark ? bytes.toString("utf8", 3) : bytes.toString("utf8");
  switch (topic.kind) {
    case "rfid":
      return understandReader(text, receivedAtMs, mappings);
    case "pos":
      return understandTill(topic, text, receivedAtMs);
    case "stock":
      return understandStock(topic, text, receivedAtMs);
    default:
      return topic.kind satisfies never;
  }
}
