import { parseEpcText } from "../../domain/epc/encode-epc.ts";
import { normaliseEpcHex, parseEpcHex } from "../../domain/epc/hex.ts";
import { parseReaderTime } from "../../domain/reader-time.ts";
import { hexOfBase64 } from "./base64-hex.ts";
import { brief, type MessageParts, refuseRead } from "./message-parts.ts";

/** 496 bits, the most that a tag holds, with padding. */
const MAX_BASE64 = 84;
const MAX_READER_ID = 128;

/** A finite number, also one written as text; NaN elsewhere. */
export function numberOf(value: unknown): number {
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : Number.NaN;
}

/** dBm from a value in `scale` dBm (Impinj 0.01); NaN where there is none or it is no field strength. */
export function rssiDbmOf(value: unknown, scale: number): number {
  const dbm = numberOf(value) * scale;
  return dbm >= -200 && dbm <= 100 ? Math.round(dbm * 100) / 100 : Number.NaN;
}

/**
 * dBm from a value whose unit nobody tells, by its size: above −100 it is dBm, above −1,000 tenths, else hundredths. What
 * readers hear of tags lies between −95 and −10 dBm, so the three do not overlap.
 */
export function rssiDbmBySize(value: unknown): number {
  const number = numberOf(value);
  return rssiDbmOf(number, number > -100 ? 1 : number > -1_000 ? 0.1 : 0.01);
}

/** An antenna's number; −1 where there is none. */
export function antennaOf(value: unknown): number {
  const antenna = numberOf(value);
  return antenna >= 0 && antenna <= 65_535 && Number.isInteger(antenna) ? antenna : -1;
}

/** How many sights the reader merged; 1 where it does not say. */
export function readCountOf(value: unknown): number {
  const count = numberOf(value);
  return count >= 1 && count <= 4_294_967_295 ? Math.floor(count) : 1;
}

/** A counter of the reader; null where there is none. */
export function countOf(value: unknown): number | null {
  const count = numberOf(value);
  return count >= 0 ? count : null;
}

export function readerIdOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" && value.length <= MAX_READER_ID ? value : null;
}

/** Upper-case hex of an EPC sent as hex; empty text after noting why the read is refused. */
export function epcFromHex(value: unknown, parts: MessageParts, index: number): string {
  if (typeof value !== "string") {
    refuseRead(parts, index, "read_without_epc", "the read has no EPC");
    return "";
  }
  const hex = normaliseEpcHex(value);
  if (hex !== "") return hex;
  const refusal = parseEpcHex(value);
  if (!refusal.ok) refuseRead(parts, index, refusal.code, refusal.detail);
  return "";
}

/** Upper-case hex of an EPC sent as text: hex, or a URI that stands for one. */
export function epcFromText(value: unknown, parts: MessageParts, index: number): string {
  if (typeof value !== "string" || !mayBeUri(value)) return epcFromHex(value, parts, index);
  const encoded = parseEpcText(value);
  if (encoded.ok) return encoded.value;
  refuseRead(parts, index, encoded.code, encoded.detail);
  return "";
}

/** Told by its first letter, which no hex has: this runs for every read. */
function mayBeUri(text: string): boolean {
  const first = text.charCodeAt(0) | 0x20;
  return (first === 0x75 || first === 0x68) && /^(urn:|https?:)/i.test(text);
}

/** Upper-case hex of an EPC sent as base64, standard or URL-safe, with or without padding. */
export function epcFromBase64(value: string, parts: MessageParts, index: number): string {
  const hex = value.length <= MAX_BASE64 ? hexOfBase64(value) : "";
  if (hex !== "") return hex;
  refuseRead(parts, index, "epc_bad_base64", `"${value.slice(0, 60)}" is not the base64 of an EPC`);
  return "";
}

/** Unix ms of the first of two times that is there; NaN after noting why the read is refused. */
export function timeOf(first: unknown, second: unknown, parts: MessageParts, index: number): number {
  const value = first ?? second;
  const milliseconds = parseReaderTime(value);
  if (!Number.isNaN(milliseconds)) return milliseconds;
  if (value === undefined || value === null) {
    refuseRead(parts, index, "read_without_time", "the read does not say when the tag was seen");
  } else {
    refuseRead(parts, index, "read_bad_time", `${brief(value)} is no time with a zone between 1970 and 2199`);
  }
  return Number.NaN;
}
