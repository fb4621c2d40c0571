import { canonicalId } from "../canonical-link.ts";
import { ok, type Refusal, refuse, type Result } from "../../result.ts";
import { ACTIONS, bareWord, type EpcisAction } from "../vocabulary.ts";
import { type EpcPattern, parseEpcPattern } from "./epc-pattern.ts";
import { COMPARISONS, type Comparison, type EventQuery, MATCH_NAMES, type MatchName } from "./event-query.ts";
import { SENSOR_PARAMETERS } from "./parameter-names.ts";

export const DEFAULT_PER_PAGE = 30;
export const MAX_PER_PAGE = 1000;
const MAX_COUNT = 1_000_000;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?([zZ]|[+-]\d{2}:?\d{2})$/;

type Values = Readonly<Record<string, string>>;
class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.detail);
    this.refusal = refusal;
  }
}

/**
 * The question in the parameters of an address; lists are divided by `|`. Refuses `epcis_query_parameter` for a name that is not
 * known, a value that is none, or names that exclude each other; `epcis_not_implemented` for what is not done here.
 */
export function parseEventQuery(values: Values): Result<EventQuery> {
  try {
    const reader = createReader(values);
    const query = readQuery(reader);
    reader.assertNothingLeft();
    assertFits(query, values);
    return ok(query);
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

function readQuery(read: Reader): EventQuery {
  return {
    eventTypes: read.list("eventType"),
    eventTime: { fromMs: read.instant("GE_eventTime"), beforeMs: read.instant("LT_eventTime") },
    recordTime: { fromMs: read.instant("GE_recordTime"), beforeMs: read.instant("LT_recordTime") },
    actions: read.actions(),
    bizSteps: read.words("EQ_bizStep", "bizStep"),
    dispositions: read.words("EQ_disposition", "disposition"),
    persistentSet: read.words("EQ_persistentDisposition_set", "disposition"),
    persistentUnset: read.words("EQ_persistentDisposition_unset", "disposition"),
    readPoints: read.ids("EQ_readPoint"),
    withinReadPoints: read.list("WD_readPoint"),
    bizLocations: read.ids("EQ_bizLocation"),
    withinBizLocations: read.list("WD_bizLocation"),
    transformationIds: read.list("EQ_transformationID"),
    matches: read.matches(),
    quantities: read.quantities(),
    eventIds: read.list("EQ_eventID"),
    hasDeclaration: read.flag("EXISTS_errorDeclaration"),
    declarationTime: {
      fromMs: read.instant("GE_errorDeclarationTime"),
      beforeMs: read.instant("LT_errorDeclarationTime"),
    },
    errorReasons: read.words("EQ_errorReason", "errorReason"),
    correctiveEventIds: read.list("EQ_correctiveEventID"),
    orderBy: read.choice("orderBy", ["eventTime", "recordTime"]) ?? "recordTime",
    isDescending: read.direction(),
    eventCountLimit: read.count("eventCountLimit", MAX_COUNT),
    maxEventCount: read.count("maxEventCount", MAX_COUNT),
    perPage: read.count("perPage", MAX_PER_PAGE) ?? DEFAULT_PER_PAGE,
    nextPageToken: read.text("nextPageToken"),
  };
}

function assertFits(query: EventQuery, values: Values): void {
  if (query.eventCountLimit !== null && query.maxEventCount !== null) {
    fail("eventCountLimit and maxEventCount exclude each other");
  }
  if (query.eventCountLimit !== null && values["orderBy"] === undefined) {
    fail("eventCountLimit needs orderBy: without an order there are no first events");
  }
}

function fail(detail: string): never {
  throw new Refused(refuse("epcis_query_parameter", `${detail}.`));
}

type Reader = ReturnType<typeof createReader>;

/** Takes one parameter after the other; what nobody took is not known. */
function createReader(values: Values) {
  const left = new Set(Object.keys(values));

  function text(name: string): string | null {
    left.delete(name);
    const value = values[name];
    if (value === undefined) return null;
    return value === "" ? fail(`${name} is empty`) : value;
  }
  const list = (name: string): string[] | null =>
    text(name)
      ?.split("|")
      .filter((part) => part !== "") ?? null;

  function choice<Choice extends string>(name: string, choices: readonly Choice[]): Choice | null {
    const value = text(name);
    if (value === null) return null;
    return (
      choices.find((one) => one === value) ?? fail(`${name} is one of ${choices.join(", ")}, not "${value}"`)
    );
  }

  return {
    text,
    list,
    choice,
    instant(name: string): number | null {
      const value = text(name);
      if (value === null) return null;
      const ms = INSTANT.test(value) ? Date.parse(value) : Number.NaN;
      return Number.isNaN(ms) ? fail(`${name} is a time with its zone, not "${value}"`) : ms;
    },
    words: (name: string, vocabulary: "bizStep" | "disposition" | "errorReason") =>
      list(name)?.map((word) => bareWord(vocabulary, word)) ?? null,
    ids: (name: string) => list(name)?.map(canonicalId) ?? null,
    actions(): EpcisAction[] | null {
      const wanted = list("EQ_action");
      return (
        wanted?.map(
          (word) =>
            ACTIONS.find((action) => action === word) ??
            fail(`"${word}" is no action: ${ACTIONS.join(", ")}`),
        ) ?? null
      );
    },
    matches(): Partial<Record<MatchName, EpcPattern[]>> {
      const found: Partial<Record<MatchName, EpcPattern[]>> = {};
      for (const name of MATCH_NAMES) {
        const patterns = list(`MATCH_${name}`);
        if (patterns !== null) found[name] = patterns.map(parseEpcPattern);
      }
      return found;
    },
    quantities(): Partial<Record<Comparison, number>> {
      const found: Partial<Record<Comparison, number>> = {};
      for (const comparison of COMPARISONS) {
        const value = text(`${comparison}_quantity`);
        if (value === null) continue;
        if (!/^-?\d+(\.\d+)?$/.test(value)) fail(`${comparison}_quantity is a number, not "${value}"`);
        found[comparison] = Number(value);
      }
      return found;
    },
    flag(name: string): boolean | null {
      const value = choice(name, ["true", "false"]);
      return value === null ? null : value === "true";
    },
    direction(): boolean {
      const direction = choice("orderDirection", ["ASC", "DESC"]);
      // An order that was asked for goes down by default (EPCIS 2.0); without one, pages go with the time of recording.
      return direction === null ? values["orderBy"] !== undefined : direction === "DESC";
    },
    count(name: string, most: number): number | null {
      const value = text(name);
      if (value === null) return null;
      const count = /^\d{1,7}$/.test(value) ? Number(value) : 0;
      return count >= 1 && count <= most ? count : fail(`${name} goes from 1 to ${most}, not "${value}"`);
    },
    assertNothingLeft(): void {
      const [name] = left;
      if (name === undefined) return;
      if (SENSOR_PARAMETERS.has(name)) {
        throw new Refused(
          refuse("epcis_not_implemented", `${name} asks about sensor data, which is kept but not searched.`),
        );
      }
      fail(`"${name}" is no parameter of this query`);
    },
  };
}
