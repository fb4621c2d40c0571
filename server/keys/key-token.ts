import { randomBytes } from "node:crypto";

const TOKEN = /^oh_([0-9a-z]{12})_([A-Za-z0-9_-]{43})$/;
const ID_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";

/** `oh_<keyId>_<secret>`: the id is public (and the MQTT user name), the secret is 32 random bytes. */
export function newKeyToken(): { keyId: string; secret: string; token: string } {
  // 252 is the largest multiple of 36 in a byte: bytes above it would favour some letters.
  let keyId = "";
  while (keyId.length < 12) {
    for (const byte of randomBytes(24)) {
      if (byte < 252 && keyId.length < 12) keyId += ID_ALPHABET[byte % 36] ?? "";
    }
  }
  const secret = randomBytes(32).toString("base64url");
  return { keyId, secret, token: `oh_${keyId}_${secret}` };
}

/** The parts of a bearer key, or null when it is none of ours. */
export function parseKeyToken(token: string): { keyId: string; secret: string } | null {
  const match = TOKEN.exec(token);
  if (match?.[1] === undefined || match[2] === undefined) return null;
  return { keyId: match[1], secret: match[2] };
}
