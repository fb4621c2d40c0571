import { z } from "zod";
import { parseEpcText } from "./epc/encode-epc.ts";
import { gtinOfEpc, identityOfEpc } from "./epc/identity.ts";
import { ok, refuse, type Result } from "./result.ts";

/** What a foreign tag is on, as it is put. `gtin` of 8, 12, 13 or 14 digits; `note` says why, for people. */
export const tagProductSchema = z.object({
  gtin: z.string().max(20),
  note: z.string().max(500).default(""),
});

/** A tag that names no product by itself, and the product that people say it is on. `epc` is the tag's key, upper-case hex. */
export const tagMappingSchema = tagProductSchema.extend({ epc: z.string(), changedAt: z.string() });
export type TagMapping = z.infer<typeof tagMappingSchema>;

/** More would be better imported. */
export const MAX_TAGS_AT_ONCE = 1000;

/** `PUT /v1/tag-mappings`: several at once, all or none. */
export const tagMappingsBodySchema = z.object({
  items: z
    .array(tagProductSchema.extend({ epc: z.string().max(300) }))
    .min(1)
    .max(MAX_TAGS_AT_ONCE),
});

/**
 * The key of a tag that may be mapped, from hex or an EPC URI. Refuses what `parseEpcText` refuses, and `tag_names_product`: a
 * tag that says what it is on is believed.
 */
export function parseForeignTag(text: string): Result<string> {
  const hex = parseEpcText(text);
  if (!hex.ok) return hex;
  const gtin = gtinOfEpc(hex.value);
  if (gtin === 0) return ok(identityOfEpc(hex.value));
  return refuse(
    "tag_names_product",
    `the tag ${hex.value} is of product ${String(gtin).padStart(14, "0")} by its own code and can't be mapped to another`,
  );
}
