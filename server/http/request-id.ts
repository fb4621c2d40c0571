import { randomBytes } from "node:crypto";

const prefix = randomBytes(6).toString("base64url");
let counter = 0;

/** Unique over processes and restarts, and cheap: a random prefix of this process and a counter. */
export function newRequestId(): string {
  counter += 1;
  return `${prefix}-${counter.toString(36)}`;
}
