import { ok, refuse, type Result } from "./result.ts";
import { textHash } from "./tracking/text-hash.ts";

/**
 * The locations that one ingest serves: all of them, the share `index` of `of` equal shares (by a hash of the location's
 * id, so that locations not registered yet are somebody's too), or a list.
 */
export type Shard =
  | { kind: "all" }
  | { kind: "share"; index: number; of: number }
  | { kind: "list"; locationIds: readonly string[] };

export const ALL_LOCATIONS: Shard = { kind: "all" };

const MAX_SHARES = 1024;

/** Reads `1/4` (the first of four shares), `store-1,store-2` (a list), or the empty text (all). */
export function parseShard(text: string): Result<Shard> {
  const words = text.trim();
  if (words === "") return ok(ALL_LOCATIONS);
  if (words.includes("/")) return parseShare(words);
  const locationIds = [...new Set(words.split(",").map((word) => word.trim()))].sort();
  const odd = locationIds.find((id) => !/^[A-Za-z0-9._-]{1,64}$/.test(id));
  if (odd !== undefined) {
    return refuse(
      "shard_not_readable",
      `"${odd}" is not the id of a location. Name locations as in store-1,store-2, or a share as in 1/4.`,
    );
  }
  return ok({ kind: "list", locationIds });
}

function parseShare(words: string): Result<Shard> {
  const [, indexText = "", ofText = ""] = /^(\d{1,4})\/(\d{1,4})$/.exec(words) ?? [];
  const index = Number(indexText);
  const of = Number(ofText);
  if (indexText === "" || index < 1 || index > of || of > MAX_SHARES) {
    return refuse(
      "shard_not_readable",
      `"${words}" is not a share. Write 1/4 to 4/4 for one of four shares, at most ${MAX_SHARES}.`,
    );
  }
  return ok(of === 1 ? ALL_LOCATIONS : { kind: "share", index, of });
}

/** The text that `parseShard` reads; two ingests for the same locations have the same. */
export function shardText(shard: Shard): string {
  switch (shard.kind) {
    case "all":
      return "";
    case "share":
      return `${shard.index}/${shard.of}`;
    case "list":
      return shard.locationIds.join(",");
    default:
      return shard satisfies never;
  }
}

/** Whether a location is served by this shard. Remembers its answers: it is asked for every message. */
export function createOwnership(shard: Shard): (locationId: string) => boolean {
  if (shard.kind === "all") return () => true;
  if (shard.kind === "list") {
    const own = new Set(shard.locationIds);
    return (locationId) => own.has(locationId);
  }
  const known = new Map<string, boolean>();
  return (locationId) => {
    let isOwn = known.get(locationId);
    if (isOwn === undefined) {
      isOwn = textHash(locationId) % shard.of === shard.index - 1;
      // Topics come from outside: a stream of made-up locations must not grow without bound.
      if (known.size < 100_000) known.set(locationId, isOwn);
    }
    return isOwn;
  };
}

/** Whether some location could be served by both. */
export function shardsOverlap(a: Shard, b: Shard): boolean {
  if (a.kind === "all" || b.kind === "all") return true;
  if (a.kind === "list") return a.locationIds.some(createOwnership(b));
  if (b.kind === "list") return b.locationIds.some(createOwnership(a));
  // h ≡ i (mod m) and h ≡ j (mod n) have a common solution exactly when i ≡ j modulo their greatest common divisor.
  return (a.index - b.index) % greatestCommonDivisor(a.of, b.of) === 0;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
