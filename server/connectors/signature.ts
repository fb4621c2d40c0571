import { createHmac, timingSafeEqual } from "node:crypto";
import type { ConnectorRecord } from "./connector-store.ts";

/** The header in which each platform signs what it posts: base64 of HMAC-SHA256. */
export const SIGNATURE_HEADERS = {
  shopify: "x-shopify-hmac-sha256",
  square: "x-square-hmacsha256-signature",
} as const satisfies Record<ConnectorRecord["kind"], string>;

/**
 * Whether the platform signed these bytes: Shopify the body (shopify.dev, "Verify webhook deliveries"), Square the address that it calls
 * and the body (developer.squareup.com, "Verify and validate an event notification"). The time taken does not depend on where a wrong
 * signature differs.
 */
export function isSigned(
  connector: Pick<ConnectorRecord, "kind" | "notificationUrl">,
  secret: string,
  signature: string | undefined,
  body: Uint8Array,
): boolean {
  if (signature === undefined) return false;
  const hmac = createHmac("sha256", secret);
  if (connector.kind === "square") hmac.update(connector.notificationUrl ?? "");
  const expected = hmac.update(body).digest();
  const given = Buffer.from(signature, "base64");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
