import type { TagRead } from "../../domain/read.ts";
import type {
  ControlSign,
  EventRun,
  HeartbeatSign,
  ReaderFormat,
  ReaderSign,
  RefusedRead,
} from "./understood.ts";

/** What has been made of a message so far. One object per message goes through the adapters: the hot path allocates little. */
export type MessageParts = {
  format: ReaderFormat | null;
  receivedAtMs: number;
  reads: TagRead[];
  refused: RefusedRead[];
  signs: ReaderSign[];
  mode: string;
  eventRuns: EventRun[];
  sentAtMs: number;
};

export function createMessageParts(receivedAtMs: number): MessageParts {
  return {
    format: null,
    receivedAtMs,
    reads: [],
    refused: [],
    signs: [],
    mode: "",
    eventRuns: [],
    sentAtMs: Number.NaN,
  };
}

export type JsonObject = Record<string, unknown>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function refuseRead(parts: MessageParts, index: number, code: string, detail: string): void {
  parts.refused.push({ index, code, detail });
}

/** Adds what a reader says of itself. `timeMs` by the reader's clock, NaN where it sent none. */
export function addControl(
  parts: MessageParts,
  format: ReaderFormat,
  control: string,
  detail: string,
  timeMs: number,
  more: Partial<Pick<ControlSign, "level" | "antenna" | "lostReads" | "readerId">> = {},
): void {
  const isReaderTime = !Number.isNaN(timeMs);
  parts.signs.push({
    kind: "control",
    control,
    format,
    detail: detail.slice(0, 300),
    atMs: isReaderTime ? timeMs : parts.receivedAtMs,
    isReaderTime,
    readerId: more.readerId ?? null,
    level: more.level ?? "info",
    antenna: more.antenna ?? -1,
    lostReads: more.lostReads === undefined ? 0 : more.lostReads,
  });
}

type HeartbeatFacts = Omit<HeartbeatSign, "kind" | "format" | "atMs" | "isReaderTime">;

/** Adds a sign of life, with what the reader tells. `timeMs` by the reader's clock, NaN where it sent none. */
export function addHeartbeat(
  parts: MessageParts,
  format: ReaderFormat,
  timeMs: number,
  facts: Partial<HeartbeatFacts>,
): void {
  const isReaderTime = !Number.isNaN(timeMs);
  parts.signs.push({
    kind: "heartbeat",
    format,
    atMs: isReaderTime ? timeMs : parts.receivedAtMs,
    isReaderTime,
    readerId: null,
    antennasConnected: [],
    antennasDisconnected: [],
    numTagReads: null,
    numErrors: null,
    numWarnings: null,
    numDropped: null,
    temperatureCelsius: null,
    activity: null,
    uptime: null,
    ...facts,
  });
}

/** Notes the number that a reader gave to a message, so that a gap in them can be seen. */
export function noteEventNumber(
  parts: MessageParts,
  stream: string,
  value: unknown,
  readerId: string | null,
): void {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) return;
  const runs = parts.eventRuns;
  const run = runs[runs.length - 1];
  if (run !== undefined && value === run.last + 1 && run.stream === stream && run.readerId === readerId)
    run.last = value;
  else runs.push({ stream, readerId, first: value, last: value });
}

/** The first members of an object, for a person who must find out what was sent. */
export function memberNames(value: JsonObject): string {
  const names = Object.keys(value);
  const shown = names.slice(0, 8).map((name) => name.slice(0, 40));
  return names.length > 8 ? `${shown.join(", ")}, …` : shown.join(", ");
}

/**
 * A value in a line for a person: JSON of its first members, what lies deeper as `…`. Never the platform's own
 * stringify: that one throws on a value nested deeply enough, and a sender decides how deep.
 */
export function brief(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "[]" : "[…]";
  if (!isJsonObject(value)) return scalarText(value);
  const members = Object.keys(value);
  const shown = members.slice(0, 8).map((name) => {
    const member = value[name];
    const isNested = typeof member === "object" && member !== null;
    return `${scalarText(name)}:${isNested ? "…" : scalarText(member)}`;
  });
  return `{${shown.join(",")}${members.length > 8 ? ",…" : ""}}`;
}

function scalarText(value: unknown): string {
  return JSON.stringify(typeof value === "string" ? value.slice(0, 60) : value) ?? "";
}
