import { z } from "zod";
import { refuse, type Result } from "../result.ts";
import { isTimeZone } from "../time-zone/local-clock.ts";
import type { ReportHeader, ReportParameter, ReportWindow } from "./report.ts";
import { type DayRange, windowOf } from "./report-window.ts";
import { DAY_WORDS, resolveDay } from "./resolve-day.ts";

/** What is asked for, by name. A list may come as one text with commas. */
export type AskedParameters = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What is known where somebody asks: for the defaults of time zone and currency. */
export type ReportSurroundings = { nowMs: number; timeZone: string; currencies: readonly string[] };

export type ResolvedParameters = {
  /** As they were understood, defaults too. */
  parameters: Record<string, string | string[] | number>;
  /** Null for a report without a window. */
  range: DayRange | null;
  window: ReportWindow | null;
  timeZone: string;
  currency: string | null;
};

/**
 * The parameters of a report: those that were asked for, and the defaults of its header. Refused: `report_parameter_unknown`,
 * `report_parameter_invalid`, `report_currency_needed`.
 */
export function resolveParameters(
  { name, parameters: known }: ReportHeader,
  asked: AskedParameters,
  { nowMs, timeZone: usualZone, currencies }: ReportSurroundings,
): Result<ResolvedParameters> {
  const names = known.map((parameter) => parameter.name);
  const unknown = Object.keys(asked).find((key) => asked[key] !== undefined && !names.includes(key));
  if (unknown !== undefined) {
    return refuse(
      "report_parameter_unknown",
      `${name} takes ${names.join(", ") || "nothing"}, not ${unknown}`,
    );
  }
  const parameters: ResolvedParameters["parameters"] = {};
  for (const parameter of known) {
    const parsed = parameterSchema(parameter).safeParse(asked[parameter.name] ?? parameter.default);
    if (!parsed.success) return invalid(parameter.name, parsed.error.issues[0]?.message ?? "not valid");
    parameters[parameter.name] = parsed.data;
  }

  const timeZone = String(parameters["timeZone"] || usualZone);
  if (!isTimeZone(timeZone))
    return invalid("timeZone", `there is no time zone ${timeZone}, such as Europe/Berlin`);
  if (names.includes("timeZone")) parameters["timeZone"] = timeZone;

  let currency: string | null = null;
  if (names.includes("currency")) {
    const found = currencyOf(String(parameters["currency"]), currencies);
    if (!found.ok) return found;
    currency = found.value;
    parameters["currency"] = currency;
  }
  if (!names.includes("from")) {
    return { ok: true, value: { parameters, range: null, window: null, timeZone, currency } };
  }
  const fromDay = resolveDay(String(parameters["from"]), nowMs, timeZone);
  const toDay = resolveDay(String(parameters["to"]), nowMs, timeZone);
  if (fromDay === undefined) return invalid("from", `it is a day such as 2026-03-31, or ${DAY_WORDS}`);
  if (toDay === undefined || toDay === null)
    return invalid("to", `it is a day such as 2026-03-31, or ${DAY_WORDS}`);
  if (fromDay !== null && fromDay >= toDay)
    return invalid("to", "it is the first day after the window, later than `from`");
  const range = { fromDay, toDay };
  const window = windowOf(range, timeZone);
  parameters["from"] = window.from ?? "beginning";
  parameters["to"] = window.to;
  return { ok: true, value: { parameters, range, window, timeZone, currency } };
}

const MAX_LIST = 1_000;
const MAX_TEXT = 200;

/** What one parameter may be, by its header. */
function parameterSchema({ type, values, min, max }: ReportParameter): z.ZodType<string | string[] | number> {
  const text = z.string().max(MAX_TEXT);
  switch (type) {
    case "text":
    case "date":
      return text;
    case "month":
      return z.string().regex(/^(\d{4}-(0[1-9]|1[0-2]))?$/, "it is a month such as 2026-03");
    case "choice":
      return z.enum(values, { error: `it is one of ${values.join(", ")}` });
    case "list":
      return z.preprocess(
        (value) => (typeof value === "string" ? value.split(",").filter((part) => part !== "") : value),
        z.array(text).max(MAX_LIST),
      );
    case "integer":
    case "number": {
      const error = `it is ${type === "integer" ? "a whole number" : "a number"} from ${min} to ${max}`;
      const number = z.coerce
        .number({ error })
        .min(min ?? 0, { error })
        .max(max ?? 0, { error });
      return type === "integer" ? number.int({ error }) : number;
    }
    default:
      return type satisfies never;
  }
}

function currencyOf(asked: string, currencies: readonly string[]): Result<string> {
  if (/^[A-Z]{3}$/.test(asked)) return { ok: true, value: asked };
  if (asked !== "") return invalid("currency", "it is three letters, such as EUR");
  const [only = ""] = currencies;
  if (currencies.length <= 1) return { ok: true, value: only };
  return refuse(
    "report_currency_needed",
    `there are amounts in ${currencies.join(", ")}: say which with \`currency\``,
  );
}

const invalid = (name: string, why: string) => refuse("report_parameter_invalid", `${name}: ${why}`);
