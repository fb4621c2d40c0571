import type { EpcisAction } from "../vocabulary.ts";
import type { EpcPattern } from "./epc-pattern.ts";

/** Names of the MATCH parameters without their prefix. */
export const MATCH_NAMES = [
  "epc",
  "parentID",
  "inputEPC",
  "outputEPC",
  "anyEPC",
  "epcClass",
  "inputEPCClass",
  "outputEPCClass",
  "anyEPCClass",
] as const;
export type MatchName = (typeof MATCH_NAMES)[number];

export const COMPARISONS = ["EQ", "GT", "GE", "LT", "LE"] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** Half open, Unix milliseconds; null = open. */
export type TimeRange = { fromMs: number | null; beforeMs: number | null };

/**
 * A question to the repository (EPCIS 2.0, SimpleEventQuery). Null = not asked about; all that is asked has to hold. Words are
 * bare, ids canonical.
 */
export type EventQuery = {
  eventTypes: readonly string[] | null;
  eventTime: TimeRange;
  recordTime: TimeRange;
  actions: readonly EpcisAction[] | null;
  bizSteps: readonly string[] | null;
  dispositions: readonly string[] | null;
  persistentSet: readonly string[] | null;
  persistentUnset: readonly string[] | null;
  readPoints: readonly string[] | null;
  withinReadPoints: readonly string[] | null;
  bizLocations: readonly string[] | null;
  withinBizLocations: readonly string[] | null;
  transformationIds: readonly string[] | null;
  matches: Readonly<Partial<Record<MatchName, readonly EpcPattern[]>>>;
  quantities: Readonly<Partial<Record<Comparison, number>>>;
  eventIds: readonly string[] | null;
  hasDeclaration: boolean | null;
  declarationTime: TimeRange;
  errorReasons: readonly string[] | null;
  correctiveEventIds: readonly string[] | null;
  orderBy: "eventTime" | "recordTime";
  isDescending: boolean;
  eventCountLimit: number | null;
  maxEventCount: number | null;
  perPage: number;
  nextPageToken: string | null;
};
