import { z } from "zod";
import { availabilityItemSchema } from "../availability/availability-item.ts";
import { pageSchema } from "./paging.ts";

/** One line of the stock table: availability with the product's words. Empty text where the product is not known. */
export const positionRowSchema = availabilityItemSchema.extend({
  name: z.string(),
  sku: z.string(),
  category: z.string(),
});
export type PositionRow = z.infer<typeof positionRowSchema>;

/** `GET /v1/positions`, ordered by GTIN, then location. Follow the numbers afterwards on the availability stream. */
export const positionsPageSchema = pageSchema(positionRowSchema).extend({
  serverId: z.string(),
  revision: z.number().int(),
  totalPositions: z.number().int(),
});
export type PositionsPage = z.infer<typeof positionsPageSchema>;
