import { z } from "zod";
import { idSchema, instantSchema } from "../../domain/identifiers.ts";
import { zoneKindSchema } from "../../domain/location.ts";
import { refuse, type Result } from "../../domain/result.ts";
import { isTimeZone } from "../../domain/time-zone/local-clock.ts";
import { historyMappingSchema } from "./history/history-mapping.ts";

const listSchema = z.preprocess(
  (value) => (typeof value === "string" ? value.split(",").map((part) => part.trim()) : value),
  z.array(z.string().min(1)),
);

/** How a file is to be understood. The same names on the command line (`--time-zone`), in the URL and here. */
export const importOptionsSchema = z.strictObject({
  /** The file's or system's name for itself; lines, customers and codes are known by it for ever. */
  source: idSchema.default("import"),
  /** Default: by the file's first bytes. Parquet and Arrow are of orders alone, and read by ClickHouse. */
  format: z.enum(["csv", "ndjson", "parquet", "arrow"]).optional(),
  /** Of orders: which column, constant or expression each field comes from. With it ClickHouse reads the file. */
  mapping: z
    .preprocess((value) => (typeof value === "string" ? parseJson(value) : value), historyMappingSchema)
    .optional(),
  /** Our field to the file's column, where the names alone do not tell. */
  map: z.record(z.string(), z.string()).default({}),
  channel: z.string().max(64).default("unknown"),
  method: z.string().max(64).default("unknown"),
  /** Where the orders were fulfilled, or the positions are, when the file has no column for it. */
  location: idSchema.optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "a currency is three letters, such as EUR")
    .optional(),
  /** IANA name. Times without a zone are read in it; imported locations without one get it. */
  timeZone: z.string().refine(isTimeZone, "not a time zone, such as Europe/London").optional(),
  /** Zones for locations that come without any. */
  zones: listSchema.pipe(z.array(zoneKindSchema)).default([]),
  /** Codes that are no goods (postage, fees), beside the common ones. */
  nonMerchandise: listSchema.default([]),
  /** When imported positions were true, for files without a column that says it. */
  asOf: instantSchema.optional(),
});
export type ImportOptions = z.infer<typeof importOptionsSchema>;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return "no JSON";
  }
}

/** Options from a query string: `?source=till&map=orderId=Receipt&map=code=Item&zones=dock,exit`. */
export function parseImportQuery(query: URLSearchParams): Result<ImportOptions> {
  const values: Record<string, unknown> = {};
  const map: Record<string, string> = {};
  for (const [name, value] of query) {
    if (name !== "map") values[name] = value;
    else {
      const at = value.indexOf("=");
      if (at < 1) return refuse("invalid_map", `"${value}" is not of the form field=Column`);
      map[value.slice(0, at)] = value.slice(at + 1);
    }
  }
  const parsed = importOptionsSchema.safeParse({ ...values, map });
  if (parsed.success) return { ok: true, value: parsed.data };
  return refuse("invalid_option", z.prettifyError(parsed.error));
}
