import type { VocabularyName } from "./vocabulary.ts";

/**
 * A standard member inside the hash. `element`: it is a list whose entries carry this name. `fields`: what its objects hold, in
 * their order. `vocabulary`: bare words of it are written as web URIs.
 */
export type Field = {
  name: string;
  element?: string;
  fields?: readonly Field[];
  vocabulary?: VocabularyName;
  isTime?: true;
};

/** Members that say nothing of what happened, or that come later. */
export const NEVER_HASHED: ReadonlySet<string> = new Set([
  "@context",
  "type",
  "eventID",
  "recordTime",
  "errorDeclaration",
  "rdfs:comment",
]);

const names = (...all: string[]): Field[] => all.map((name) => ({ name }));
const epcs = (name: string): Field => ({ name, element: "epc" });
const quantities = (name: string): Field => ({
  name,
  element: "quantityElement",
  fields: names("epcClass", "quantity", "uom"),
});
const place = (name: string): Field => ({ name, fields: names("id") });
const typed = (name: string, value: string, vocabulary: VocabularyName): Field => ({
  name,
  element: "",
  fields: [{ name: TYPE, vocabulary }, { name: value }],
});

/** `type` is not hashed on an event, where it stands first; inside these it is. */
const TYPE = "type";

const SENSOR_METADATA: readonly Field[] = [
  { name: "time", isTime: true },
  { name: "startTime", isTime: true },
  { name: "endTime", isTime: true },
  ...names("deviceID", "deviceMetadata", "rawData", "dataProcessingMethod", "bizRules"),
];

const SENSOR_REPORT: readonly Field[] = [
  { name: TYPE, vocabulary: "measurement" },
  { name: "exception", vocabulary: "measurement" },
  ...names("deviceID", "deviceMetadata", "rawData", "dataProcessingMethod"),
  { name: "time", isTime: true },
  ...names("microorganism", "chemicalSubstance", "value"),
  { name: "component", vocabulary: "component" },
  ...names("stringValue", "booleanValue", "hexBinaryValue", "uriValue", "minValue", "maxValue", "meanValue"),
  ...names("sDev", "percRank", "percValue", "uom", "coordinateReferenceSystem"),
];

/** The members of every type of event, in the order of the hash. */
export const FIELDS: readonly Field[] = [
  { name: "eventTime", isTime: true },
  { name: "eventTimeZoneOffset" },
  { name: "certificationInfo" },
  epcs("epcList"),
  { name: "parentID" },
  epcs("inputEPCList"),
  epcs("childEPCs"),
  quantities("quantityList"),
  quantities("childQuantityList"),
  quantities("inputQuantityList"),
  epcs("outputEPCList"),
  quantities("outputQuantityList"),
  { name: "action" },
  { name: "transformationID" },
  { name: "bizStep", vocabulary: "bizStep" },
  { name: "disposition", vocabulary: "disposition" },
  {
    name: "persistentDisposition",
    fields: [
      { name: "set", vocabulary: "disposition" },
      { name: "unset", vocabulary: "disposition" },
    ],
  },
  place("readPoint"),
  place("bizLocation"),
  typed("bizTransactionList", "bizTransaction", "bizTransactionType"),
  // The tables say sources first; every published hash has them the other way round.
  typed("destinationList", "destination", "sourceOrDestinationType"),
  typed("sourceList", "source", "sourceOrDestinationType"),
  {
    name: "sensorElementList",
    element: "sensorElement",
    fields: [
      { name: "sensorMetadata", fields: SENSOR_METADATA },
      { name: "sensorReport", fields: SENSOR_REPORT },
    ],
  },
  { name: "ilmd" },
];
