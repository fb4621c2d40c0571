import { connectionSignOfObject, connectionSignOfText } from "./connection-text.ts";
import { csvHeaderOf, takeCsv } from "./csv.ts";
import { isEpcis, takeEpcis } from "./epcis-reads.ts";
import { isImpinj, takeImpinj } from "./impinj.ts";
import { isIntelRsp, takeIntelRsp } from "./intel-rsp.ts";
import { isKalama, takeKalama } from "./kalama.ts";
import { isKeonn, takeKeonn } from "./keonn.ts";
import { isLlrp, takeLlrp } from "./llrp.ts";
import { type MappingsOfReader, NO_MAPPINGS } from "./mapping/reader-mappings.ts";
import {
  brief,
  createMessageParts,
  isJsonObject,
  type JsonObject,
  type MessageParts,
  memberNames,
  refuseRead,
} from "./message-parts.ts";
import { connectionNotice, emptyNotice } from "./notice-signs.ts";
import { isOwnRead, takeOwnRead } from "./own-read.ts";
import { isTagReads, takeTagReads } from "./tag-reads.ts";
import { reject, type Understood } from "./understood.ts";
import { isZebra, takeZebra } from "./zebra.ts";

const UNKNOWN_FORMAT = "message_format_unknown";

type Format = {
  matches(message: JsonObject): boolean;
  take(message: JsonObject, index: number, parts: MessageParts): void;
};

/** The rarer formats, in the order they are asked. Their marks exclude each other but for the own read's, which comes last. */
const OTHER_FORMATS: readonly Format[] = [
  { matches: isTagReads, take: takeTagReads },
  { matches: isKeonn, take: takeKeonn },
  { matches: isKalama, take: takeKalama },
  { matches: isIntelRsp, take: takeIntelRsp },
  { matches: isEpcis, take: takeEpcis },
  { matches: isLlrp, take: takeLlrp },
  { matches: isOwnRead, take: takeOwnRead },
];

/**
 * A reader's message: one JSON value, an array of them, or one per line, each recognised for itself; or lines under a header.
 * Good reads are kept beside bad ones. A line of plain words is a notice of connecting or (a last will) of having gone.
 * `mappings` are those that apply to the reader.
 */
export function understandReader(
  text: string,
  receivedAtMs: number,
  mappings: MappingsOfReader = NO_MAPPINGS,
): Understood {
  const parts = createMessageParts(receivedAtMs);
  const value = parseJson(text);
  if (value === undefined) return understandText(text, parts, mappings);
  if (typeof value === "string") return understandText(value, parts, mappings);
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) takeElement(value[index], index, parts, mappings);
    return value.length === 0 ? emptyNotice(receivedAtMs) : conclude(parts);
  }
  if (!isTaken(value, 0, parts, mappings)) {
    const sign = isJsonObject(value) ? connectionSignOfObject(value) : null;
    if (sign !== null) return connectionNotice(sign, brief(value), receivedAtMs);
    refuseUnknown(value, 0, parts);
  }
  return conclude(parts);
}

function takeElement(value: unknown, index: number, parts: MessageParts, mappings: MappingsOfReader): void {
  if (!isTaken(value, index, parts, mappings)) refuseUnknown(value, index, parts);
}

/** Takes a value by the first format that it is of; false where it is of none. */
function isTaken(value: unknown, index: number, parts: MessageParts, mappings: MappingsOfReader): boolean {
  if (!isJsonObject(value)) return false;
  const { first } = mappings;
  if (first.some((mapping) => mapping.take(value, index, parts))) return true;
  if (isImpinj(value)) takeImpinj(value, index, parts);
  else if (isZebra(value)) takeZebra(value, index, parts);
  else if (isOwnRead(value) && value["lastSeenAt"] !== undefined) takeOwnRead(value, index, parts);
  else {
    const format = OTHER_FORMATS.find((each) => each.matches(value));
    if (format === undefined) return mappings.rest.some((mapping) => mapping.take(value, index, parts));
    format.take(value, index, parts);
  }
  return true;
}

function refuseUnknown(value: unknown, index: number, parts: MessageParts): void {
  const reason = isJsonObject(value)
    ? `an object with the members ${memberNames(value) || "(none)"} is none of the formats that are understood ` +
      "(docs/readers.md); describe it with a mapping"
    : "a read is a JSON object";
  refuseRead(parts, index, UNKNOWN_FORMAT, reason);
}

function understandText(text: string, parts: MessageParts, mappings: MappingsOfReader): Understood {
  if (text.trim() === "") return emptyNotice(parts.receivedAtMs);
  if (mappings.first.some((mapping) => mapping.takeText(text, parts))) return conclude(parts);
  const header = csvHeaderOf(text);
  if (header !== null) {
    takeCsv(text, header, parts);
    return conclude(parts);
  }
  if (mappings.rest.some((mapping) => mapping.takeText(text, parts))) return conclude(parts);
  const sign = connectionSignOfText(text);
  if (sign !== null) return connectionNotice(sign, text.trim(), parts.receivedAtMs);
  return takeLines(text, parts, mappings) ? conclude(parts) : reject("message_not_json", notJson(text));
}

/** Lines of JSON: false where no line is an object or array, so that a broken message is not taken for lines. */
function takeLines(text: string, parts: MessageParts, mappings: MappingsOfReader): boolean {
  if (!text.includes("\n")) return false;
  let hasObject = false;
  let index = -1;
  for (const line of text.split("\n")) {
    index += 1;
    if (line.trim() === "") continue;
    const value = parseJson(line);
    hasObject ||= typeof value === "object" && value !== null;
    if (value === undefined) refuseRead(parts, index, "message_not_json", notJson(line));
    else if (Array.isArray(value)) for (const entry of value) takeElement(entry, index, parts, mappings);
    else takeElement(value, index, parts, mappings);
  }
  return hasObject;
}

function conclude(parts: MessageParts): Understood {
  const { format, reads, refused, signs, mode, eventRuns, sentAtMs } = parts;
  const [sign] = signs;
  if (reads.length === 0 && refused.length === 0 && signs.length === 1 && sign !== undefined)
    return { ...sign, eventRuns };
  const [first] = refused;
  if (format === null)
    return reject(first?.code ?? UNKNOWN_FORMAT, first?.detail ?? "nothing in it is a read");
  return { kind: "reads", format, reads, refused, signs, mode, eventRuns, sentAtMs };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function notJson(text: string): string {
  const start = JSON.stringify(text.trim().slice(0, 60));
  return `it begins with ${start} and is neither JSON, lines of JSON, lines under a header, nor a short notice`;
}
