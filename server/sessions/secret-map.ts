import { hash, randomBytes } from "node:crypto";

/**
 * Random tokens with a value and an end, kept under their SHA-256 so that memory holds no usable token. Bounded: the
 * oldest goes when there are more than `maxEntries`. Sessions, sign-in codes and tickets are all this.
 */
export function createSecretMap<Value>(options: { maxEntries: number; lifetimeMs: number; nowMs(): number }) {
  const entries = new Map<string, { value: Value; expiresAtMs: number }>();

  function find(token: string): { value: Value; expiresAtMs: number } | null {
    const key = keyOf(token);
    const entry = entries.get(key);
    if (entry === undefined) return null;
    if (entry.expiresAtMs > options.nowMs()) return entry;
    entries.delete(key);
    return null;
  }

  return {
    add(value: Value): { token: string; expiresAtMs: number } {
      const token = randomBytes(32).toString("base64url");
      const expiresAtMs = options.nowMs() + options.lifetimeMs;
      if (entries.size >= options.maxEntries) {
        const oldest = entries.keys().next();
        if (oldest.done === false) entries.delete(oldest.value);
      }
      entries.set(keyOf(token), { value, expiresAtMs });
      return { token, expiresAtMs };
    },
    find,
    /** Finds and ends it in one step: what is taken once cannot be taken again. */
    take(token: string): Value | null {
      const entry = find(token);
      entries.delete(keyOf(token));
      return entry?.value ?? null;
    },
  };
}

function keyOf(token: string): string {
  return hash("sha256", token, "base64");
}
