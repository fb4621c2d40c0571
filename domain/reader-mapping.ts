import { z } from "zod";
import { idSchema } from "./identifiers.ts";

/**
 * Where a value is: names divided by dots, or a list of names where one holds a dot. It starts at the read; `$` starts at the
 * message, `^` at what encloses the read's list (`^^` one further out). Numbers count in arrays, from 0.
 */
const pathSchema = z.union([z.string().min(1).max(300), z.array(z.string().min(1).max(100)).min(1).max(12)]);
export type MappingPath = z.infer<typeof pathSchema>;

/** A member is described by an object, or by its path alone. */
function memberSchema<Shape extends z.ZodRawShape>(shape: Shape) {
  const full = z.strictObject({ path: pathSchema, ...shape });
  return z.preprocess(
    (value) => (typeof value === "string" || Array.isArray(value) ? { path: value } : value),
    full,
  );
}

/** True where the path leads to a value: to `equals` where it is given, else to any but null. */
const conditionSchema = z.strictObject({
  path: pathSchema,
  equals: z.union([z.string(), z.number(), z.boolean()]).optional(),
});

/** How the reads of a reader's own form of message are found in it (docs/readers.md). */
export const readerMappingSchema = z.strictObject({
  description: z.string().max(500).default(""),
  /** `csv`: lines under a header; each is a read, by its columns' names. */
  input: z.enum(["json", "csv"]).default("json"),
  /** All must hold, or the message is not of this form. They start at the message. */
  when: z.array(conditionSchema).max(10).default([]),
  /** Messages of this form that carry no reads (a heartbeat): counted, not failed. All must hold. */
  ignore: z.array(conditionSchema).max(10).default([]),
  /** To the list of reads, from the message; `$` is the message itself. Lists on the way are all walked. */
  reads: pathSchema.default("$"),
  epc: memberSchema({ encoding: z.enum(["hex", "base64", "uri"]).default("hex") }),
  /** `auto`: ISO 8601 with a zone, or epoch time whose unit is told by its size. `utcOffset` for texts without a zone. */
  time: memberSchema({
    unit: z.enum(["auto", "seconds", "milliseconds", "microseconds", "nanoseconds"]).default("auto"),
    utcOffset: z
      .string()
      .regex(/^[+-]\d{2}:\d{2}$/)
      .optional(),
  }),
  /** `offset` is added (readers that count from 0); `names` gives words a number. */
  antenna: memberSchema({
    offset: z.number().int().min(-1000).max(1000).default(0),
    names: z.record(z.string(), z.number().int().min(0).max(65_535)).default({}),
  }).optional(),
  rssi: memberSchema({ unit: z.enum(["dBm", "dBm/10", "dBm/100"]).default("dBm") }).optional(),
  readCount: memberSchema({}).optional(),
  reader: memberSchema({}).optional(),
});
export type ReaderMapping = z.infer<typeof readerMappingSchema>;

/**
 * A mapping as it is kept. With `readerId` it is asked first for that reader's messages; else it is asked for what none of
 * the formats recognises. `locationId` null: at all locations.
 */
export const storedReaderMappingSchema = z.object({
  name: idSchema,
  locationId: idSchema.nullable().default(null),
  readerId: idSchema.nullable().default(null),
  mapping: readerMappingSchema,
});
export type StoredReaderMapping = z.infer<typeof storedReaderMappingSchema>;
