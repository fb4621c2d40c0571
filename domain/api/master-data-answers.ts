import { z } from "zod";
import { locationSchema } from "../location.ts";
import { productSchema } from "../product.ts";
import { readerHealthSchema, readerNoticeSchema, readerSchema } from "../reader.ts";
import { storedReaderMappingSchema } from "../reader-mapping.ts";
import { tagMappingSchema } from "../tag-mapping.ts";
import { pageSchema } from "./paging.ts";

/** `GET /v1/locations`, ordered by `locationId`. */
export const locationsPageSchema = pageSchema(locationSchema);

/** `GET /v1/products`, ordered by GTIN. */
export const productsPageSchema = pageSchema(productSchema);

/** A reader with its health; `isAssigned` is false for one that was heard but has no zones yet: its reads wait. */
export const readerWithHealthSchema = readerSchema.extend({
  isAssigned: z.boolean(),
  health: readerHealthSchema.nullable(),
});
export type ReaderWithHealth = z.infer<typeof readerWithHealthSchema>;

/** `GET /v1/readers`, ordered by location and reader; unassigned ones first. */
export const readersPageSchema = pageSchema(readerWithHealthSchema);

/** `GET /v1/tag-mappings`, ordered by EPC. */
export const tagMappingsPageSchema = pageSchema(tagMappingSchema);

/** `GET /v1/readers/{location}/{reader}/notices`, newest first. */
export const readerNoticesPageSchema = pageSchema(readerNoticeSchema);

/** `GET /v1/reader-mappings`, ordered by name. */
export const readerMappingsPageSchema = pageSchema(storedReaderMappingSchema);

/** Master data that changed, as the retained topic `{root}/settings` names it. */
export const SETTINGS_AREAS = [
  "locations",
  "products",
  "readers",
  "keys",
  "mappings",
  "tracking",
  "tags",
  "promise",
  "rules",
] as const;

/** Payload of `{root}/settings` (retained): read the named tables again. `revision` is Unix microseconds. */
export const settingsMessageSchema = z.object({
  revision: z.number().int(),
  changed: z.array(z.enum(SETTINGS_AREAS)),
});
export type SettingsMessage = z.infer<typeof settingsMessageSchema>;
