import {
  BIZ_STEPS,
  BIZ_TRANSACTION_TYPES,
  DISPOSITIONS,
  type EpcisEventType,
  SOURCE_AND_DESTINATION_TYPES,
} from "../../../domain/epcis/vocabulary.ts";
import {
  action,
  allOf,
  anyOf,
  context,
  distinctUris,
  errorDeclaration,
  has,
  isAction,
  listOf,
  nonEmpty,
  number,
  objectOf,
  type Schema,
  time,
  timeZoneOffset,
  unit,
  uri,
  uris,
  wordOrOtherUri,
} from "./parts.ts";
import { sensorElementList } from "./sensor.ts";

const common = {
  "@context": context,
  type: { type: "string" },
  eventTime: time,
  recordTime: time,
  eventTimeZoneOffset: timeZoneOffset,
  eventID: uri,
  certificationInfo: anyOf(uris, uri),
  errorDeclaration,
} as const;
const COMMON_REQUIRED = ["type", "eventTime", "eventTimeZoneOffset"];

const disposition = wordOrOtherUri(DISPOSITIONS);
const place = objectOf({ id: uri }, { required: ["id"], others: "any" });
const typeOfParty = wordOrOtherUri(SOURCE_AND_DESTINATION_TYPES);
const quantities = listOf(
  objectOf({ epcClass: uri, quantity: number, uom: unit }, { required: ["epcClass"], others: "none" }),
);
const bizTransactions = listOf(
  objectOf(
    { type: wordOrOtherUri(BIZ_TRANSACTION_TYPES), bizTransaction: uri },
    { required: ["bizTransaction"], others: "none" },
  ),
);
const dispositions = listOf(disposition, { minItems: 1, uniqueItems: true });
const persistentDisposition = allOf(
  objectOf({ set: dispositions, unset: dispositions }, { others: "none" }),
  anyOf(has("set"), has("unset")),
);
const ilmd: Schema = { type: "object", propertyNames: uri };

/** What happened where and why, which all types of events may say. */
const circumstances = {
  bizStep: wordOrOtherUri(BIZ_STEPS),
  disposition,
  readPoint: place,
  bizLocation: place,
  bizTransactionList: bizTransactions,
  sourceList: listOf(
    objectOf({ type: typeOfParty, source: uri }, { required: ["type", "source"], others: "none" }),
  ),
  destinationList: listOf(
    objectOf({ type: typeOfParty, destination: uri }, { required: ["type", "destination"], others: "none" }),
  ),
  sensorElementList,
};

function event(members: Record<string, Schema>, required: string[], ...rules: Schema[]): Schema {
  const object = objectOf(
    { ...common, ...circumstances, ...members },
    { required: [...COMMON_REQUIRED, ...required], others: "namespaced" },
  );
  return allOf(object, ...rules);
}

const object = event(
  { action, epcList: distinctUris, quantityList: quantities, persistentDisposition, ilmd },
  ["action"],
  anyOf(has("epcList"), nonEmpty("quantityList"), allOf(nonEmpty("sensorElementList"), has("readPoint"))),
  // What is said of a new item is said once, when it is made.
  anyOf({ not: has("ilmd") }, isAction("ADD")),
);

const children = anyOf(nonEmpty("childEPCs"), nonEmpty("childQuantityList"), isAction("DELETE"));
const childMembers = { action, parentID: uri, childEPCs: uris, childQuantityList: quantities };

const transformation = event(
  {
    inputEPCList: distinctUris,
    inputQuantityList: quantities,
    outputEPCList: distinctUris,
    outputQuantityList: quantities,
    transformationID: uri,
    persistentDisposition,
    ilmd,
  },
  [],
  anyOf(
    allOf(
      anyOf(nonEmpty("inputEPCList"), nonEmpty("inputQuantityList")),
      anyOf(nonEmpty("outputEPCList"), nonEmpty("outputQuantityList")),
    ),
    allOf(
      has("transformationID"),
      anyOf(
        nonEmpty("inputEPCList"),
        nonEmpty("inputQuantityList"),
        nonEmpty("outputEPCList"),
        nonEmpty("outputQuantityList"),
      ),
    ),
  ),
);

/** One schema a type of event: rfid facts of EPCIS 2.0, tables of required members and vocabularies. */
export const EVENT_SCHEMAS: Readonly<Record<EpcisEventType, Schema>> = {
  ObjectEvent: object,
  AggregationEvent: event(childMembers, ["action"], children),
  AssociationEvent: event(childMembers, ["action", "parentID"], children),
  TransactionEvent: event(
    { action, parentID: uri, epcList: uris, quantityList: quantities },
    ["action", "bizTransactionList"],
    nonEmpty("bizTransactionList"),
    anyOf(has("epcList"), nonEmpty("quantityList"), isAction("DELETE")),
  ),
  TransformationEvent: transformation,
};

/** An event of a type of one's own, which has to be a URI. Its members are its own business. */
export const OTHER_EVENT_SCHEMA: Schema = objectOf(
  { ...common, type: uri },
  { required: COMMON_REQUIRED, others: "any" },
);
