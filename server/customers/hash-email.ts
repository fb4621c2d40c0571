import { createHash } from "node:crypto";
import { type Identifier, type IdentifierInput, normalizeEmail } from "../../domain/customers/identifier.ts";

/** An identifier as it is stored: of an e-mail address the SHA-256 of its trimmed lower-case form, in hex. */
export function toIdentifier(input: IdentifierInput): Identifier {
  if (input.kind !== "email") return input;
  const value = createHash("sha256").update(normalizeEmail(input.value)).digest("hex");
  return { kind: "email_hash", source: "", value };
}
