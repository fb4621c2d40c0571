import { createHash } from "node:crypto";

/** 32 hex digits of SHA-256 over topic and bytes: the same message again is the same dead letter. */
export function deadLetterId(message: { topic: string; payload: Uint8Array }): string {
  return createHash("sha256")
    .update(message.topic)
    .update("\0")
    .update(message.payload)
    .digest("hex")
    .slice(0, 32);
}
