import { z } from "zod";
import { type ReplayOptions, replayOptionsSchema } from "../../domain/api/tracking-replays.ts";
import { refuse, type Result } from "../../domain/result.ts";

/** The words of `onhand replay`, as they are written. */
export type ReplayFlags = {
  from: string;
  to?: string;
  location: string[];
  set: string[];
  readPoint: string[];
  warmUp?: string;
  includeImported?: boolean;
  examples?: string;
};

/** Reads the words of the command; says which of them cannot be read. `now` is taken where no end is given. */
export function parseReplayFlags(flags: ReplayFlags, now: Date): Result<ReplayOptions> {
  const set = parseValues(flags.set);
  if (!set.ok) return set;
  const readPoints: unknown[] = [];
  for (const words of flags.readPoint) {
    const point = parseReadPoint(words);
    if (!point.ok) return point;
    readPoints.push(point.value);
  }
  const options = replayOptionsSchema.safeParse({
    from: flags.from,
    to: flags.to ?? now.toISOString(),
    locations: flags.location,
    set: set.value,
    readPoints,
    ...(flags.warmUp === undefined ? {} : { warmUpSeconds: Number(flags.warmUp) }),
    ...(flags.examples === undefined ? {} : { examples: Number(flags.examples) }),
    includeImported: flags.includeImported === true,
  });
  if (!options.success) return refuse("invalid_option", z.prettifyError(options.error));
  if (!(Date.parse(options.data.from) < Date.parse(options.data.to))) {
    return refuse("invalid_option", `${options.data.to} is not after ${options.data.from}`);
  }
  return { ok: true, value: options.data };
}

/** `minReads=3`, `absence=false`, `minRssiDbm=null`, as JSON values by their names. */
function parseValues(entries: readonly string[]): Result<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const entry of entries) {
    const at = entry.indexOf("=");
    const text = entry.slice(at + 1).trim();
    const value = text === "true" ? true : text === "false" ? false : text === "null" ? null : Number(text);
    if (at < 1 || text === "" || Number.isNaN(value)) {
      return refuse("invalid_option", `"${entry}" is not of the form name=value, such as minReads=3`);
    }
    values[entry.slice(0, at).trim()] = value;
  }
  return { ok: true, value: values };
}

/** `store-1/reader-1/3:minReads=2,minRssiDbm=-60`; without an antenna it is for the whole reader. */
function parseReadPoint(words: string): Result<Record<string, unknown>> {
  const [place = "", rule = ""] = words.split(":", 2);
  const [locationId, readerId, antenna, more] = place.split("/");
  if (readerId === undefined || more !== undefined) {
    return refuse("invalid_option", `"${words}" is not of the form location/reader/antenna:minReads=2`);
  }
  const values = parseValues(rule.split(",").filter((entry) => entry.trim() !== ""));
  if (!values.ok) return values;
  const id = { locationId, readerId, antenna: antenna === undefined ? null : Number(antenna) };
  return { ok: true, value: { ...values.value, ...id } };
}
