import { COMPARISONS, MATCH_NAMES } from "./event-query.ts";

/** Every parameter of `GET /events` that is understood here. */
export const EVENT_QUERY_PARAMETERS: readonly string[] = [
  ["eventType"],
  ["eventTime", "recordTime", "errorDeclarationTime"].flatMap((name) => [`GE_${name}`, `LT_${name}`]),
  "EQ_action EQ_bizStep EQ_disposition EQ_persistentDisposition_set EQ_persistentDisposition_unset".split(
    " ",
  ),
  "EQ_readPoint WD_readPoint EQ_bizLocation WD_bizLocation EQ_transformationID".split(" "),
  MATCH_NAMES.map((name) => `MATCH_${name}`),
  COMPARISONS.map((name) => `${name}_quantity`),
  "EQ_eventID EXISTS_errorDeclaration EQ_errorReason EQ_correctiveEventID".split(" "),
  "orderBy orderDirection eventCountLimit maxEventCount perPage nextPageToken".split(" "),
].flat();

/** Parameters of the standard that search sensor data, which is kept and given out, but not searched. */
export const SENSOR_PARAMETERS: ReadonlySet<string> = new Set(
  (
    "GE_startTime LT_startTime GE_endTime LT_endTime EQ_type EQ_deviceID EQ_bizRules EQ_dataProcessingMethod EQ_microorganism " +
    "EQ_chemicalSubstance EQ_stringValue EQ_hexBinaryValue EQ_uriValue EQ_booleanValue"
  ).split(" "),
);
