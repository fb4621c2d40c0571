import { createHmac, pbkdf2, pbkdf2Sync, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * Keys' secrets are kept in the form of Mosquitto's password file, so that the same row serves HTTP, the embedded
 * broker and a Mosquitto: `$7$<iterations>$<salt, base64>$<hash, base64>`, PBKDF2-HMAC-SHA512.
 */
const SCHEME = "7";
/** Mosquitto reads exactly these two lengths. */
const SALT_BYTES = 12;
const HASH_BYTES = 64;
/**
 * Secrets are 32 random bytes, which nobody can guess at any speed; the iterations only slow down a guess at one that
 * a person chose. 10,000 cost about 6 ms: Mosquitto checks in its only thread, and 1,000 readers come back at once.
 */
const ITERATIONS = 10_000;
/** A hash from elsewhere may ask for more; a limit, so that a stored row cannot stall a process. */
const MAX_ITERATIONS = 1_000_000;
const CACHE_ENTRIES = 10_000;

/** Secret and hash never lie in the cache, only a MAC of both under a key that dies with the process. */
const cacheKey = randomBytes(32);
const verified = new Set<string>();
const running = new Map<string, Promise<boolean>>();

/** @returns a new salted hash, about 150 characters without `:` or white space. Blocks for about 6 ms. */
export function hashSecret(secret: string): string {
  const salt = randomBytes(SALT_BYTES);
  const hash = pbkdf2Sync(secret, salt, ITERATIONS, HASH_BYTES, "sha512");
  return `$${SCHEME}$${ITERATIONS}$${salt.toString("base64")}$${hash.toString("base64")}`;
}

/**
 * Whether `secret` is the one that `hash` was made of. Compares in constant time, off the main thread. A pair that was
 * right is remembered (bounded), and equal questions asked at once are answered together, so that readers that all
 * reconnect after an outage cost one derivation each and none the next time. False for a hash it cannot read.
 */
export async function verifySecret(secret: string, hash: string): Promise<boolean> {
  const key = createHmac("sha256", cacheKey).update(hash).update("\0").update(secret).digest("base64");
  if (verified.has(key)) return true;
  const pending = running.get(key);
  if (pending !== undefined) return await pending;
  const verification = derivesTo(secret, hash);
  running.set(key, verification);
  try {
    const isRight = await verification;
    if (isRight) remember(key);
    return isRight;
  } finally {
    running.delete(key);
  }
}

function remember(key: string): void {
  const oldest = verified.size >= CACHE_ENTRIES ? verified.values().next() : undefined;
  if (oldest?.done === false) verified.delete(oldest.value);
  verified.add(key);
}

function derivesTo(secret: string, hash: string): Promise<boolean> {
  const [empty, scheme, iterationsText = "", saltText = "", hashText = "", ...rest] = hash.split("$");
  const iterations = Number(iterationsText);
  const salt = Buffer.from(saltText, "base64");
  const expected = Buffer.from(hashText, "base64");
  const isReadable =
    empty === "" &&
    scheme === SCHEME &&
    rest.length === 0 &&
    Number.isInteger(iterations) &&
    iterations >= 1 &&
    iterations <= MAX_ITERATIONS &&
    salt.length > 0 &&
    expected.length === HASH_BYTES;
  if (!isReadable) return Promise.resolve(false);
  return new Promise((resolve, reject) => {
    pbkdf2(secret, salt, iterations, HASH_BYTES, "sha512", (error, derived) => {
      if (error) reject(error);
      else resolve(timingSafeEqual(derived, expected));
    });
  });
}
