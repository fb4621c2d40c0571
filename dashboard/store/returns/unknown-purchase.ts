import type { Purchase } from "../../../domain/returns/return.ts";

/** Nothing says where it was bought: the server asks for a reason. */
export const UNKNOWN_PURCHASE: Purchase = {
  boughtIn: { kind: "unknown", id: "", channel: null, method: null },
  lines: [],
};
