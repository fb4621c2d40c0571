import { z } from "zod";
import { idSchema } from "../identifiers.ts";

/**
 * What a customer is known by. `loyalty`: number of a card or membership; `account`: of a sign-in; `email_hash`: SHA-256 of the
 * trimmed lower-case address, in hex; `external`: the id that another system (`source`) has for the customer.
 */
export const IDENTIFIER_KINDS = ["loyalty", "account", "email_hash", "external"] as const;

const MAX_VALUE = 200;

/** One identifier. `source` tells apart two programmes or systems whose numbers may be the same; empty for the company's own. */
export const identifierSchema = z
  .object({
    kind: z.enum(IDENTIFIER_KINDS),
    source: z.union([z.literal(""), idSchema]).default(""),
    value: z.string().trim().min(1).max(MAX_VALUE),
  })
  .superRefine(({ kind, source, value }, context) => {
    if (kind === "external" && source === "") {
      context.addIssue({ code: "custom", path: ["source"], message: "say which system gave the id" });
    }
    if (kind === "email_hash" && (source !== "" || !/^[0-9a-f]{64}$/.test(value))) {
      context.addIssue({
        code: "custom",
        path: ["value"],
        message: "an e-mail hash is 64 lower-case hex digits, the same for every source",
      });
    }
  });
export type Identifier = z.infer<typeof identifierSchema>;

/** An address in the clear, which is hashed before anything else is done with it. */
const emailSchema = z.object({
  kind: z.literal("email"),
  value: z.string().trim().min(3).max(320).includes("@"),
});

/** As callers give it. */
export const identifierInputSchema = z.union([emailSchema, identifierSchema]);
export type IdentifierInput = z.infer<typeof identifierInputSchema>;

/** What is hashed of an e-mail address: capitals and blanks around it make no other person. */
export function normalizeEmail(address: string): string {
  return address.trim().toLowerCase();
}

/** Equal for equal identifiers, and only for those. */
export function identifierKey({ kind, source, value }: Identifier): string {
  return `${kind}/${source}/${value}`;
}
