import { z } from "zod";

/** 14 digits with a valid check digit. Made only by `parseGtin`. */
export type Gtin = string & { readonly __brand: "Gtin" };

/** Upper-case hex of a whole EPC code word (a multiple of 4 bits). Made only by `parseEpcHex`. */
export type EpcHex = string & { readonly __brand: "EpcHex" };

/**
 * Ids that stand in MQTT topics and URLs (locations, readers, zones, terminals, sources): 1 to 64 characters of
 * letters, digits, `.`, `_`, `-`. Never `+`, `#` or `/`, which mean something to a broker.
 */
export const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/, "an id has 1 to 64 characters of A-Z a-z 0-9 . _ -");

/** RFC 3339 with any offset; answers are always UTC with milliseconds. */
export const instantSchema = z.iso.datetime({ offset: true });
