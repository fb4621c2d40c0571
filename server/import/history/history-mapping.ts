import { z } from "zod";
import { isTimeZone } from "../../../domain/time-zone/local-clock.ts";

/** What a line of a past order is made of: the columns of `order_lines` that a file may give. */
export const HISTORY_FIELDS = [
  "orderId",
  "lineNo",
  "lineType",
  "channel",
  "method",
  "locationId",
  "customerId",
  "country",
  "code",
  "gtin",
  "description",
  "quantity",
  "unitPrice",
  "currency",
  "orderedAt",
] as const;
export type HistoryField = (typeof HISTORY_FIELDS)[number];

const timeZoneSchema = z.string().refine(isTimeZone, "not a time zone, such as Europe/London");

/** Where a field comes from: one of column, constant and expression; what else there is says how it is read. */
const fieldSourceSchema = z
  .strictObject({
    column: z.string().min(1).optional(),
    constant: z.string().optional(),
    /** SQL over the columns of the file, with the functions that analysts may use. */
    expression: z.string().min(1).max(2000).optional(),
    /** Of times, as ClickHouse's parseDateTime takes it: %d.%m.%Y %H:%i:%s. Without it the usual forms are understood. */
    format: z.string().min(1).max(100).optional(),
    /** Of times without a zone of their own. */
    timeZone: timeZoneSchema.optional(),
    /** Of numbers: what is told times this is units, or the price of one: 0.01 for cents, 12 for dozens. */
    unit: z
      .number()
      .positive()
      .refine(
        (unit) => /^\d{1,6}(\.\d{1,6})?$/.test(String(unit)),
        "at most 6 digits on each side of the point",
      )
      .optional(),
  })
  .refine(
    ({ column, constant, expression }) =>
      [column, constant, expression].filter((one) => one !== undefined).length === 1,
    "name one of column, constant and expression",
  );
export type FieldSource = z.infer<typeof fieldSourceSchema>;

/** A mapping file. A text is short for `{column}`. Fields that it does not name are found by the names of columns. */
export const historyMappingSchema = z.strictObject({
  /** Of times without a zone of their own, where the field says nothing. */
  timeZone: timeZoneSchema.optional(),
  fields: z.partialRecord(
    z.enum(HISTORY_FIELDS),
    z.preprocess((value) => (typeof value === "string" ? { column: value } : value), fieldSourceSchema),
  ),
});
export type HistoryMapping = z.infer<typeof historyMappingSchema>;
