import type { Actor } from "../../domain/orders/order-step.ts";
import type { Caller } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";

export const TAKERS = ["storefront", "store", "admin"] as const;
export const READERS = ["storefront", "store", "merchandiser", "admin"] as const;

/** Who did it, unless the request names another. */
export function actorOf(caller: Caller, named: Actor | undefined): Actor {
  if (named !== undefined) return named;
  return { kind: caller.role === "storefront" ? "customer" : "staff", id: caller.keyId };
}

/** Throws unless the key may speak for the location. */
export function checkLocation(caller: Caller, locationId: string): void {
  if (caller.locationId === null || caller.locationId === locationId) return;
  const detail = `The key speaks for ${caller.locationId}, not ${locationId}.`;
  throw new HttpProblem("location_not_allowed", detail, { allowed: caller.locationId });
}
