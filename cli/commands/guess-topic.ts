import { type ParsedTopic, parseTopic } from "../../ingest/adapters/parse-topic.ts";

const READER_TOPIC: ParsedTopic = {
  topic: "onhand/location/rfid/reader",
  kind: "rfid",
  locationId: "location",
  sourceId: "reader",
};

/**
 * A topic that a message could have come on: a till's where it names a transaction, a stock system's where it has an event
 * id and lines, else a reader's. Location and terminal are the message's own, so that they match.
 */
export function guessTopic(payload: Buffer): ParsedTopic {
  const message = parseObject(payload);
  const location = word(message["locationId"] ?? message["storeId"], "location");
  const isTill = typeof message["transactionId"] === "string";
  const isStock = typeof message["eventId"] === "string" && Array.isArray(message["lines"]);
  if (isTill)
    return (
      parseTopic("onhand", `onhand/${location}/pos/${word(message["terminalId"], "terminal")}`) ??
      READER_TOPIC
    );
  if (isStock) return parseTopic("onhand", `onhand/${location}/stock/source`) ?? READER_TOPIC;
  return READER_TOPIC;
}

function word(value: unknown, fallback: string): string {
  return typeof value === "string" && /^[A-Za-z0-9._-]{1,64}$/.test(value) ? value : fallback;
}

function parseObject(payload: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(payload.toString("utf8"));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
