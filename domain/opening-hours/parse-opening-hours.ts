import { refuse, type Result } from "../result.ts";
import type { OpeningHours, OpeningRule, OpenSpan } from "./opening-hours.ts";
import { splitOpeningHours } from "./opening-tokens.ts";
import { readDates } from "./read-dates.ts";
import { OpeningHoursError, TokenReader } from "./token-reader.ts";

const DAY_MINUTES = 1440;

/**
 * Opening hours in a subset of OpenStreetMap's syntax (https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification):
 * days of the week and ranges of them, `PH` (public holidays), dates with or without a year, several spans a day, spans over
 * midnight, `off` or `closed`, `24/7`; rules separated by `;` (a later one stands in for the earlier on days that both fit) or
 * by a comma (it adds). What is not understood is refused whole, `invalid_opening_hours` with the reason, never guessed:
 * among it `SH`, Easter, weeks, `Mo[1]`, sunrise, open ends, comments, `||`, days without hours.
 */
export function parseOpeningHours(text: string): Result<OpeningHours> {
  const tokens = splitOpeningHours(text);
  if (!tokens.ok) return tokens;
  try {
    const rules = readRules(new TokenReader(tokens.value));
    return { ok: true, value: { rules } };
  } catch (error) {
    if (error instanceof OpeningHoursError) return refuse("invalid_opening_hours", error.message);
    throw error;
  }
}

function readRules(tokens: TokenReader): OpeningRule[] {
  const rules: OpeningRule[] = [];
  let isAdditional = false;
  do {
    const rule = readRule(tokens, isAdditional);
    const isOfWeek = rule.dates === null && !rule.onHolidays && !isAdditional;
    if (isOfWeek && rules.some((before) => before.onHolidays)) {
      tokens.fail("days of the week after PH would stand in for it on holidays; write the rule with PH last");
    }
    rules.push(rule);
    isAdditional = tokens.peek() === ",";
    if (tokens.skip(";")) continue;
    if (!tokens.skip(",")) break;
  } while (tokens.peek() !== undefined);
  if (tokens.peek() !== undefined) tokens.fail("more stands where it should have ended");
  if (isAdditional && tokens.peek() === undefined && rules.length === 0) tokens.fail("it ends with a comma");
  return rules;
}

function readRule(tokens: TokenReader, isAdditional: boolean): OpeningRule {
  if (tokens.skip("always")) {
    return {
      dates: null,
      weekdays: null,
      onHolidays: false,
      spans: [{ from: 0, to: DAY_MINUTES }],
      isAdditional,
    };
  }
  const dates = readDates(tokens);
  if (dates !== null) tokens.skip(":");
  const { weekdays, onHolidays } = readDays(tokens);
  if (weekdays !== null || onHolidays) tokens.skip(":");
  const spans = tokens.skip("closed") ? [] : readSpans(tokens);
  return { dates, weekdays, onHolidays, spans, isAdditional };
}

function readDays(tokens: TokenReader): Pick<OpeningRule, "weekdays" | "onHolidays"> {
  const weekdays = new Set<number>();
  let onHolidays = false;
  const isDay = (ahead: number) => ["weekday", "holiday"].includes(tokens.peek(ahead) ?? "");
  while (isDay(0)) {
    if (tokens.skip("holiday")) onHolidays = true;
    else {
      const first = tokens.take("weekday");
      const last = tokens.skip("-") ? tokens.take("weekday") : first;
      for (let day = first; ; day = (day + 1) % 7) {
        weekdays.add(day);
        if (day === last) break;
      }
    }
    if (tokens.peek() !== "," || !isDay(1)) break;
    tokens.take(",");
  }
  return { weekdays: weekdays.size === 0 ? null : weekdays, onHolidays };
}

function readSpans(tokens: TokenReader): OpenSpan[] {
  const spans = [readSpan(tokens)];
  while (tokens.peek() === "," && tokens.peek(1) === "time") {
    tokens.take(",");
    spans.push(readSpan(tokens));
  }
  return spans;
}

/** `22:00-02:00` and `22:00-26:00` are the same. */
function readSpan(tokens: TokenReader): OpenSpan {
  const from = tokens.take("time");
  tokens.take("-");
  const end = tokens.take("time");
  if (from >= DAY_MINUTES) tokens.fail("a span starts before 24:00");
  const to = end <= from ? end + DAY_MINUTES : end;
  if (to - from > DAY_MINUTES) tokens.fail("a span has at most 24 hours");
  return { from, to };
}
