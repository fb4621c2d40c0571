import { z } from "zod";

/** Where a unit stands while it is on hand. Only `sellable` can be promised. The order is the storage order. */
export const STOCK_STATES = ["sellable", "inspect", "damaged", "display_only"] as const;
export const stockStateSchema = z.enum(STOCK_STATES);
export type StockState = z.infer<typeof stockStateSchema>;
