import { addControl, isJsonObject, type JsonObject, type MessageParts, refuseRead } from "./message-parts.ts";
import { epcFromText, timeOf } from "./read-fields.ts";

const EVENT_TYPES: ReadonlySet<string> = new Set([
  "ObjectEvent",
  "AggregationEvent",
  "TransactionEvent",
  "TransformationEvent",
  "AssociationEvent",
]);

/** EPCIS 2.0 JSON: a document, a query document, or one event. */
export function isEpcis(message: JsonObject): boolean {
  const type = message["type"];
  if (typeof type !== "string") return false;
  return type === "EPCISDocument" || type === "EPCISQueryDocument" || EVENT_TYPES.has(type);
}

/**
 * An ObjectEvent that observes is a read of each of its EPCs, at its event time, by its read point. What other events say is
 * more than a sight, so they are refused here: they belong to the capture interface, which moves stock by them.
 */
export function takeEpcis(message: JsonObject, index: number, parts: MessageParts): void {
  parts.format ??= "epcis";
  if (typeof message["type"] === "string" && EVENT_TYPES.has(message["type"])) {
    takeEvent(message, index, parts);
    return;
  }
  const events = eventsOf(message);
  for (const [number, event] of events.entries()) {
    if (isJsonObject(event)) takeEvent(event, number, parts);
    else refuseRead(parts, number, "epcis_event_not_a_read", "an entry of eventList is not an object");
  }
  if (events.length === 0) addControl(parts, "epcis", "empty", "a document without events", Number.NaN);
}

function eventsOf(document: JsonObject): unknown[] {
  const body = isJsonObject(document["epcisBody"]) ? document["epcisBody"] : {};
  const results = isJsonObject(body["queryResults"]) ? body["queryResults"] : {};
  const resultsBody = isJsonObject(results["resultsBody"]) ? results["resultsBody"] : {};
  const list = body["eventList"] ?? resultsBody["eventList"];
  return Array.isArray(list) ? list : [];
}

function takeEvent(event: JsonObject, index: number, parts: MessageParts): void {
  const { type, action, epcList } = event;
  if (
    type !== "ObjectEvent" ||
    action !== "OBSERVE" ||
    !Array.isArray(epcList) ||
    "errorDeclaration" in event
  ) {
    refuseRead(
      parts,
      index,
      "epcis_event_not_a_read",
      `${describe(event)} says more than that items were seen: send it to POST /epcis/v2/capture`,
    );
    return;
  }
  const observedAtMs = timeOf(event["eventTime"], undefined, parts, index);
  if (Number.isNaN(observedAtMs)) return;
  const readerId = readPointOf(event["readPoint"]);
  for (const epc of epcList) {
    const epcHex = epcFromText(epc, parts, index);
    if (epcHex === "") continue;
    parts.reads.push({ epcHex, observedAtMs, rssiDbm: Number.NaN, antenna: -1, readerId, readCount: 1 });
  }
}

function describe(event: JsonObject): string {
  const word = (value: unknown) => (typeof value === "string" ? value.slice(0, 40) : "");
  const what = `${word(event["type"])} ${word(event["action"])}`.trim();
  if ("errorDeclaration" in event) return `an ${what} that takes back another`;
  return what === "ObjectEvent OBSERVE"
    ? "an ObjectEvent OBSERVE without epcList"
    : `an ${what || "event without type"}`;
}

/** A read point's id without what all of its kind begin with: `urn:epc:id:sgln:0614141.07346.1234` is 0614141.07346.1234. */
function readPointOf(readPoint: unknown): string | null {
  const id = isJsonObject(readPoint) ? readPoint["id"] : undefined;
  if (typeof id !== "string") return null;
  const short = id.startsWith("urn:")
    ? id.slice(id.lastIndexOf(":") + 1)
    : id.replace(/^[a-z]+:\/\/[^/]*\//i, "");
  return short === "" ? null : short.slice(0, 128);
}
