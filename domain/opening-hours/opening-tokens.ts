import { refuse, type Result } from "../result.ts";

export const DAY_WORDS = ["mo", "tu", "we", "th", "fr", "sa", "su"];
export const MONTH_WORDS = [
  "jan",
  "feb",
  "mar",
  "apr",
  "may",
  "jun",
  "jul",
  "aug",
  "sep",
  "oct",
  "nov",
  "dec",
];

/** Of a text of opening hours. A time is in minutes after midnight. */
export type OpeningToken =
  | { kind: "always" | "holiday" | "closed" | "-" | "," | ";" | ":" }
  | { kind: "weekday" | "month" | "time" | "number" | "year"; value: number };

const SPLIT = /\s*(24\/7|\d{1,2}:\d\d|\d+|[a-z]+|[-–,;:]|\S)/giy;

/** Refuses `invalid_opening_hours` with the first piece that is none of those that are understood. */
export function splitOpeningHours(text: string): Result<OpeningToken[]> {
  const tokens: OpeningToken[] = [];
  for (const [, piece = ""] of text.trimEnd().matchAll(SPLIT)) {
    const token = tokenOf(piece.toLowerCase());
    if (token === null) return refuse("invalid_opening_hours", `"${piece}" is not understood`);
    tokens.push(token);
  }
  return { ok: true, value: tokens };
}

function tokenOf(piece: string): OpeningToken | null {
  if (piece === "24/7") return { kind: "always" };
  if (piece === "ph") return { kind: "holiday" };
  if (piece === "off" || piece === "closed") return { kind: "closed" };
  if (piece === "-" || piece === "–") return { kind: "-" };
  if (piece === "," || piece === ";" || piece === ":") return { kind: piece };
  if (DAY_WORDS.includes(piece)) return { kind: "weekday", value: DAY_WORDS.indexOf(piece) };
  if (MONTH_WORDS.includes(piece)) return { kind: "month", value: MONTH_WORDS.indexOf(piece) + 1 };
  const [hour = "", minute] = piece.split(":");
  if (minute !== undefined && hour !== "") {
    return Number(minute) > 59 || Number(hour) > 48
      ? null
      : { kind: "time", value: Number(hour) * 60 + Number(minute) };
  }
  if (/^\d{4}$/.test(piece)) return { kind: "year", value: Number(piece) };
  if (/^\d{1,2}$/.test(piece)) return { kind: "number", value: Number(piece) };
  return null;
}
