import { createHash } from "node:crypto";

/**
 * 64 bits of SHA-256 over the event's JSON with its members in order of their names, so that the same content has the
 * same hash whatever the sender's serialiser does.
 */
export function bodyHash(event: unknown): bigint {
  return createHash("sha256").update(canonicalJson(event)).digest().readBigUInt64BE(0);
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}
