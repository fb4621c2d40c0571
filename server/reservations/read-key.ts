import { hash } from "node:crypto";
import { HttpProblem } from "../problems.ts";
import type { Caller } from "../http/route.ts";
import type { CommandKey } from "./granting-writer.ts";

const KEY = /^[\x21-\x7e]{1,200}$/;

/** The request's `Idempotency-Key` with who sent it and a hash of what it asks for; null without one. Throws when it must be there. */
export function readKey(
  request: { caller: Caller; header(name: string): string | undefined },
  asked: { path: string; body: unknown },
  options: { isRequired: boolean },
): CommandKey | null {
  const key = request.header("idempotency-key");
  if (key === undefined || key === "") {
    if (!options.isRequired) return null;
    throw new HttpProblem("idempotency_key_missing", "The request carries no Idempotency-Key.");
  }
  if (!KEY.test(key)) {
    throw new HttpProblem(
      "invalid_request",
      "Idempotency-Key has 1 to 200 printable characters without spaces.",
    );
  }
  const requestHash = hash("sha256", `${asked.path}\n${JSON.stringify(asked.body)}`, "base64url").slice(
    0,
    22,
  );
  return { scope: scopeOf(request.caller), key, requestHash };
}

/**
 * Among whose keys it is looked for: the caller's. The staff of one store are one caller: a device that sent something, lost its
 * answer and was signed in anew meanwhile, with another key or a link, repeats it and does nothing twice.
 */
function scopeOf({ role, locationId, keyId }: Caller): string {
  return role === "store" && locationId !== null ? `store ${locationId}` : keyId;
}
