import { canonicalId } from "../canonical-link.ts";
import { CLASS_MEMBERS, classesIn, EPC_MEMBERS, type EventSummary, epcsIn } from "../event-summary.ts";
import { instantMs } from "../instant.ts";
import { isJsonObject, type JsonObject, objectsOf, textOf, textsOf } from "../json-value.ts";
import { bareWord } from "../vocabulary.ts";
import { type EpcPattern, matchesPattern } from "./epc-pattern.ts";
import type { Comparison, EventQuery, MatchName, TimeRange } from "./event-query.ts";

/** An event as the repository holds it. */
export type HeldEvent = { event: JsonObject; summary: EventSummary; eventId: string; recordTimeMs: number };

/** Places that the WD parameters take in, each with all that is inside it. */
export type Within = { readPoints: ReadonlySet<string> | null; bizLocations: ReadonlySet<string> | null };

/**
 * Whether an event answers the question: the one statement of what each parameter means. What a database chooses before
 * may be more, and never less.
 */
export function matchesQuery(held: HeldEvent, query: EventQuery, within: Within): boolean {
  const { event, summary } = held;
  return (
    isOneOf(query.eventTypes, summary.eventType) &&
    isOneOf(query.actions, summary.action) &&
    isOneOf(query.bizSteps, summary.bizStep) &&
    isOneOf(query.dispositions, summary.disposition) &&
    isIn(query.eventTime, summary.eventTimeMs) &&
    isIn(query.recordTime, held.recordTimeMs) &&
    isPlace(query.readPoints, within.readPoints, summary.readPoint) &&
    isPlace(query.bizLocations, within.bizLocations, summary.bizLocation) &&
    isOneOf(query.transformationIds, textOf(event["transformationID"]) ?? "") &&
    isOneOf(query.eventIds, held.eventId) &&
    hasDispositions(query, event) &&
    hasMatches(query, event) &&
    hasQuantity(query, event) &&
    fitsDeclaration(query, event)
  );
}

function isOneOf(wanted: readonly string[] | null, value: string): boolean {
  return wanted === null || wanted.includes(value);
}

function isIn({ fromMs, beforeMs }: TimeRange, ms: number): boolean {
  return (fromMs === null || ms >= fromMs) && (beforeMs === null || ms < beforeMs);
}

/** With both parameters given, either may let the place in. */
function isPlace(
  exact: readonly string[] | null,
  within: ReadonlySet<string> | null,
  place: string,
): boolean {
  if (exact === null && within === null) return true;
  return exact?.includes(place) === true || within?.has(place) === true;
}

function hasDispositions(query: EventQuery, event: JsonObject): boolean {
  if (query.persistentSet === null && query.persistentUnset === null) return true;
  const persistent = event["persistentDisposition"];
  const words = (name: string) =>
    textsOf(isJsonObject(persistent) ? persistent[name] : undefined).map((word) =>
      bareWord("disposition", word),
    );
  const hasOne = (wanted: readonly string[] | null, held: readonly string[]) =>
    wanted === null || held.some((word) => wanted.includes(word));
  return hasOne(query.persistentSet, words("set")) && hasOne(query.persistentUnset, words("unset"));
}

function hasMatches(query: EventQuery, event: JsonObject): boolean {
  return Object.entries(query.matches).every(([name, patterns]) =>
    idsFor(name as MatchName, event).some((id) => fitsOne(canonicalId(id), patterns)),
  );
}

function fitsOne(id: string, patterns: readonly EpcPattern[]): boolean {
  return patterns.some((pattern) => matchesPattern(id, pattern));
}

function idsFor(name: MatchName, event: JsonObject): string[] {
  switch (name) {
    case "epc":
    case "parentID":
    case "inputEPC":
    case "outputEPC":
      return epcsIn(event, EPC_MEMBERS[name]);
    case "anyEPC":
      return epcsIn(event, Object.values(EPC_MEMBERS).flat());
    case "epcClass":
    case "inputEPCClass":
    case "outputEPCClass":
      return classesIn(event, CLASS_MEMBERS[name]);
    case "anyEPCClass":
      return classesIn(event, Object.values(CLASS_MEMBERS).flat());
    default: {
      const never: never = name;
      return never;
    }
  }
}

const COMPARE: Record<Comparison, (quantity: number, bound: number) => boolean> = {
  EQ: (quantity, bound) => quantity === bound,
  GT: (quantity, bound) => quantity > bound,
  GE: (quantity, bound) => quantity >= bound,
  LT: (quantity, bound) => quantity < bound,
  LE: (quantity, bound) => quantity <= bound,
};

/** One quantity of the event that fits all bounds. */
function hasQuantity(query: EventQuery, event: JsonObject): boolean {
  const bounds = Object.entries(query.quantities) as [Comparison, number][];
  if (bounds.length === 0) return true;
  return Object.values(CLASS_MEMBERS)
    .flat()
    .flatMap((member) => objectsOf(event[member]))
    .some(({ quantity }) => {
      return typeof quantity === "number" && bounds.every(([name, bound]) => COMPARE[name](quantity, bound));
    });
}

function fitsDeclaration(query: EventQuery, event: JsonObject): boolean {
  const declaration = event["errorDeclaration"];
  const isDeclared = isJsonObject(declaration);
  if (query.hasDeclaration !== null && query.hasDeclaration !== isDeclared) return false;
  const { fromMs, beforeMs } = query.declarationTime;
  const isAsked = fromMs !== null || beforeMs !== null;
  if (!isAsked && query.errorReasons === null && query.correctiveEventIds === null) return true;
  if (!isDeclared) return false;
  const reason = bareWord("errorReason", textOf(declaration["reason"]) ?? "");
  const corrections = textsOf(declaration["correctiveEventIDs"]);
  return (
    isIn(query.declarationTime, instantMs(textOf(declaration["declarationTime"]) ?? "")) &&
    isOneOf(query.errorReasons, reason) &&
    (query.correctiveEventIds === null || corrections.some((id) => query.correctiveEventIds?.includes(id)))
  );
}
