import { createHash } from "node:crypto";
import { ok, refuse, type Result } from "../../../domain/result.ts";

/**
 * A place in the order of the answers: by time (negative when descending), captured events before our own, then by what
 * names the row. Nothing that is inserted later moves it.
 */
export type SearchPlace = {
  /** Unix milliseconds, with the sign of the order. */
  ms: number;
  source: "captured" | "ledger";
  /** Event id or location id. */
  name: string;
  /** 1 for an error declaration, or the row's ordinal. */
  number: number;
  /** Which of the events made of a row of the ledger; 0 for captured ones. */
  part: number;
};

/** What the pages of one question have in common, in the token of the next page. */
export type SearchToken = {
  place: SearchPlace;
  /** Events recorded later are no part of the answer. */
  asOfMs: number;
  /** What is left of eventCountLimit; null for none. */
  left: number | null;
};

export function isBefore(one: SearchPlace, other: SearchPlace): boolean {
  if (one.ms !== other.ms) return one.ms < other.ms;
  if (one.source !== other.source) return one.source === "captured";
  if (one.name !== other.name) return one.name < other.name;
  return one.number === other.number ? one.part < other.part : one.number < other.number;
}

/** `question` are the parameters without the page's: a token goes with its question only. */
export function encodeToken(token: SearchToken, question: string): string {
  const { place, asOfMs, left } = token;
  const source = place.source === "captured" ? 0 : 1;
  const parts = [digestOf(question), asOfMs, left, place.ms, source, place.name, place.number, place.part];
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

/** Refuses `epcis_query_parameter`. */
export function decodeToken(text: string, question: string): Result<SearchToken> {
  const refusal = () => refuse("epcis_query_parameter", "nextPageToken is none that this query gave out.");
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    if (!Array.isArray(parts) || parts.length !== 8) return refusal();
    const [digest, asOfMs, left, ms, source, name, number, part] = parts as unknown[];
    if (digest !== digestOf(question) || typeof name !== "string") return refusal();
    if (left !== null && !Number.isSafeInteger(left)) return refusal();
    if (![asOfMs, ms, source, number, part].every(Number.isSafeInteger)) return refusal();
    return ok({
      asOfMs: Number(asOfMs),
      left: left === null ? null : Number(left),
      place: {
        ms: Number(ms),
        source: source === 0 ? "captured" : "ledger",
        name,
        number: Number(number),
        part: Number(part),
      },
    });
  } catch {
    return refusal();
  }
}

function digestOf(question: string): string {
  return createHash("sha256").update(question).digest("base64url").slice(0, 16);
}
