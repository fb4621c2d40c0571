import { z } from "zod";
import { idSchema, instantSchema } from "../identifiers.ts";
import { LOCAL_AVAILABILITIES } from "./local-inventory.ts";

/** What the feed says of one product at the store, and what was found on the shelf; `found` null: not looked yet. */
export const auditRowSchema = z.object({
  gtin: z.string(),
  id: z.string(),
  name: z.string(),
  claimed: z.object({
    availability: z.enum(LOCAL_AVAILABILITIES),
    quantity: z.number().int(),
    price: z.string(),
  }),
  found: z.object({ quantity: z.number().int().min(0), price: z.string().nullable() }).nullable(),
});
export type AuditRow = z.infer<typeof auditRowSchema>;

/** `right`; `availability` or `price`: what is wrong with the claim; `open`: not looked yet. */
export const AUDIT_VERDICTS = ["right", "availability", "price", "open"] as const;
export type AuditVerdict = (typeof AUDIT_VERDICTS)[number];

export const feedAuditSchema = z.object({
  auditId: z.string(),
  locationId: idSchema,
  seed: z.number().int(),
  runId: z.string(),
  createdAt: instantSchema,
  rows: z.array(auditRowSchema.extend({ verdict: z.enum(AUDIT_VERDICTS) })),
  result: z.object({
    rows: z.number().int(),
    checked: z.number().int(),
    right: z.number().int(),
    wrongAvailability: z.number().int(),
    wrongPrice: z.number().int(),
    /** Of those checked; null before the first. */
    shareRight: z.number().nullable(),
    passShare: z.number(),
    /** Null until all are checked. */
    wouldPass: z.boolean().nullable(),
  }),
});
export type FeedAudit = z.infer<typeof feedAuditSchema>;

/**
 * An audit asks of each product whether it is there, and what its label says. Units that are there and reserved are found on the
 * shelf too: a claim of none with units found is wrong, for a shopper would have found one.
 */
export function judgeAuditRow({ claimed, found }: AuditRow): AuditVerdict {
  if (found === null) return "open";
  const isClaimed = claimed.availability === "in_stock" || claimed.availability === "limited_availability";
  const isOnDisplay = claimed.availability === "on_display_to_order";
  if (!isOnDisplay && isClaimed !== found.quantity > 0) return "availability";
  if (found.price !== null && claimed.price !== "" && !isSamePrice(found.price, claimed.price))
    return "price";
  return "right";
}

/** The share right of the rows that were looked at, and whether the audit would pass. */
export function sumAudit(rows: readonly AuditRow[], passShare: number): FeedAudit["result"] {
  const verdicts = rows.map(judgeAuditRow);
  const count = (verdict: AuditVerdict) => verdicts.filter((one) => one === verdict).length;
  const checked = rows.length - count("open");
  const right = count("right");
  const shareRight = checked === 0 ? null : right / checked;
  return {
    rows: rows.length,
    checked,
    right,
    wrongAvailability: count("availability"),
    wrongPrice: count("price"),
    shareRight,
    passShare,
    wouldPass: checked < rows.length || shareRight === null ? null : shareRight >= passShare,
  };
}

/** `19.9 EUR` and `19.90 EUR` are the same price; a found one without a currency is taken for the claim's. */
function isSamePrice(found: string, claimed: string): boolean {
  const [amount = "", currency = ""] = found.trim().split(" ");
  const [claimedAmount = "", claimedCurrency = ""] = claimed.split(" ");
  return Number(amount) === Number(claimedAmount) && (currency === "" || currency === claimedCurrency);
}
