import { z } from "zod";
import { pickupSchema } from "../../../domain/location.ts";
import { refuse, type Result } from "../../../domain/result.ts";

const datesSchema = z.array(z.iso.date()).max(500);

/** How orders are collected there, as JSON in the form of the API; null where the file says nothing. Refuses `invalid_pickup`. */
export function readPickup(text: string | undefined): Result<string | null> {
  if (text === undefined) return { ok: true, value: null };
  const pickup = z.strictObject(pickupSchema.shape).safeParse(parseJson(text));
  if (pickup.success) return { ok: true, value: JSON.stringify(pickup.data) };
  return refuse(
    "invalid_pickup",
    `pickup is JSON such as {"isOffered":true,"hasCurbside":false,"leadMinutes":120}: ${z.prettifyError(pickup.error)}`,
  );
}

/** Dates with commas or spaces between, or JSON; null where the file says nothing. Refuses `invalid_time`. */
export function readPublicHolidays(text: string | undefined): Result<string | null> {
  if (text === undefined) return { ok: true, value: null };
  const dates = datesSchema.safeParse(
    text.startsWith("[") ? parseJson(text) : text.split(/[\s,;]+/).filter((one) => one !== ""),
  );
  if (dates.success) return { ok: true, value: JSON.stringify(dates.data) };
  return refuse(
    "invalid_time",
    `public holidays are dates such as 2026-12-25, with commas between: "${text.slice(0, 100)}"`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
