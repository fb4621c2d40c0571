import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const CIPHER = "aes-256-gcm";
const ENCRYPTED = "enc:";
const PLAIN = "plain:";
const IV_BYTES = 12;
const TAG_BYTES = 16;

export type SecretBox = ReturnType<typeof createSecretBox>;

/**
 * Secrets that must be read again to sign with cannot be hashed. With a key of the operator they are stored encrypted
 * (AES-256-GCM, the key derived by HKDF-SHA256); without one as they are, guarded by ClickHouse's own rights alone.
 * `purpose` makes another key of it for each use.
 */
export function createSecretBox(operatorKey: string, purpose = "onhand webhook secrets") {
  const key = operatorKey === "" ? null : Buffer.from(hkdfSync("sha256", operatorKey, "", purpose, 32));
  return {
    isEncrypting: key !== null,
    close(secret: string): string {
      if (secret === "") return "";
      if (key === null) return PLAIN + secret;
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, key, iv);
      const text = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
      return ENCRYPTED + Buffer.concat([iv, cipher.getAuthTag(), text]).toString("base64");
    },
    /** Null when it was encrypted with another key, or with one and there is none now. */
    open(stored: string): string | null {
      if (stored === "") return "";
      if (stored.startsWith(PLAIN)) return stored.slice(PLAIN.length);
      if (key === null || !stored.startsWith(ENCRYPTED)) return null;
      const bytes = Buffer.from(stored.slice(ENCRYPTED.length), "base64");
      try {
        const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES));
        decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        return (
          decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, "utf8") + decipher.final("utf8")
        );
      } catch {
        return null;
      }
    },
  };
}
