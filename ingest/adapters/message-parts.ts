import type { TagRead } from "../../domain/read.ts";
import type { ReaderFormat, ReaderSign, RefusedRead } from "./understood.ts";

/** What has been made of a message so far. One object per message goes through the adapters: the hot path allocates little. */
export type MessageParts = {
  format: ReaderFormat | null;
  receivedAtMs: number;
  reads: TagRead[];
  refused: RefusedRead[];
  signs: ReaderSign[];
};

export type JsonObject = Record<string, unknown>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function refuseRead(parts: MessageParts, index: number, code: string, detail: string): void {
  parts.refused.push({ index, code, detail });
}

export function addControl(
  parts: MessageParts,
  format: ReaderFormat,
  control: string,
  detail: string,
  timeMs: number,
): void {
  const atMs = Number.isNaN(timeMs) ? parts.receivedAtMs : timeMs;
  parts.signs.push({ kind: "control", control, format, detail: detail.slice(0, 300), atMs });
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
