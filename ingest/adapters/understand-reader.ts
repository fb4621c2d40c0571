import { connectionSignOfObject, connectionSignOfText } from "./connection-text.ts";
import { isImpinj, takeImpinj } from "./impinj.ts";
import { brief, isJsonObject, type MessageParts, memberNames, refuseRead } from "./message-parts.ts";
import { isOwnRead, takeOwnRead } from "./own-read.ts";
import { reject, type Understood } from "./understood.ts";
import { isZebra, takeZebra } from "./zebra.ts";

const UNKNOWN_FORMAT = "message_format_unknown";

/**
 * A reader's message: one JSON value, an array of them, or one per line, each recognised for itself. Good reads are kept
 * beside bad ones. A line of plain words is a notice of connecting or (a last will) of having gone.
 */
export function understandReader(text: string, receivedAtMs: number): Understood {
  const parts: MessageParts = { format: null, receivedAtMs, reads: [], refused: [], signs: [] };
  const value = parseJson(text);
  if (value === undefined) return understandText(text, parts);
  if (typeof value === "string") return understandText(value, parts);
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) takeElement(value[index], index, parts);
    return value.length === 0 ? emptyControl(receivedAtMs) : conclude(parts);
  }
  if (isJsonObject(value) && !isKnown(value)) {
    const sign = connectionSignOfObject(value);
    if (sign !== null) return connection(sign, brief(value), receivedAtMs);
  }
  takeElement(value, 0, parts);
  return conclude(parts);
}

function isKnown(value: Record<string, unknown>): boolean {
  return isImpinj(value) || isZebra(value) || isOwnRead(value);
}

function takeElement(value: unknown, index: number, parts: MessageParts): void {
  if (!isJsonObject(value)) {
    refuseRead(parts, index, UNKNOWN_FORMAT, "a read is a JSON object");
  } else if (isImpinj(value)) {
    takeImpinj(value, index, parts);
  } else if (isZebra(value)) {
    takeZebra(value, index, parts);
  } else if (isOwnRead(value)) {
    takeOwnRead(value, index, parts);
  } else {
    refuseRead(
      parts,
      index,
      UNKNOWN_FORMAT,
      `an object with the members ${memberNames(value) || "(none)"} is none of the formats that are understood: Impinj IoT device interface, Zebra IoT Connector, Onhand's own read`,
    );
  }
}

function understandText(text: string, parts: MessageParts): Understood {
  if (text.trim() === "") return emptyControl(parts.receivedAtMs);
  const sign = connectionSignOfText(text);
  if (sign !== null) return connection(sign, text.trim(), parts.receivedAtMs);
  return takeLines(text, parts) ? conclude(parts) : reject("message_not_json", notJson(text));
}

/** Lines of JSON: false where no line is an object or array, so that a broken message is not taken for lines. */
function takeLines(text: string, parts: MessageParts): boolean {
  if (!text.includes("\n")) return false;
  let hasObject = false;
  let index = -1;
  for (const line of text.split("\n")) {
    index += 1;
    if (line.trim() === "") continue;
    const value = parseJson(line);
    hasObject ||= typeof value === "object" && value !== null;
    if (value === undefined) refuseRead(parts, index, "message_not_json", notJson(line));
    else if (Array.isArray(value)) for (const entry of value) takeElement(entry, index, parts);
    else takeElement(value, index, parts);
  }
  return hasObject;
}

function conclude(parts: MessageParts): Understood {
  const { format, reads, refused, signs } = parts;
  const [sign] = signs;
  if (reads.length === 0 && refused.length === 0 && signs.length === 1 && sign !== undefined) return sign;
  const [first] = refused;
  if (format === null)
    return reject(first?.code ?? UNKNOWN_FORMAT, first?.detail ?? "nothing in it is a read");
  return { kind: "reads", format, reads, refused, signs };
}

function connection(sign: "connected" | "offline", detail: string, atMs: number): Understood {
  if (sign === "offline") return { kind: "readerOffline", detail, atMs };
  return { kind: "control", control: "connected", format: "text", detail, atMs };
}

/** An empty payload clears a retained message; keep-alives and batches may be empty too. */
function emptyControl(atMs: number): Understood {
  return { kind: "control", control: "empty", format: "text", detail: "nothing in it", atMs };
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
  return `it begins with ${start} and is neither JSON, lines of JSON, nor a short notice`;
}
