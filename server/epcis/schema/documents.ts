import {
  anyOf,
  context,
  listOf,
  number,
  objectOf,
  type Schema,
  text,
  time,
  uri,
  uris,
  version,
} from "./parts.ts";

const attribute = objectOf(
  { id: uri, attribute: anyOf(number, text, { type: "object" }) },
  { required: ["id"], others: "any" },
);
const vocabularyElement = objectOf(
  { id: uri, attributes: listOf(attribute), children: uris },
  { required: ["id"], others: "any" },
);
const vocabularyList = listOf(
  objectOf(
    { type: uri, vocabularyElementList: listOf(vocabularyElement) },
    { required: ["type"], others: "any" },
  ),
);
const header = objectOf(
  { epcisMasterData: objectOf({ vocabularyList }, { others: "any" }) },
  { others: "namespaced" },
);
/** Each event is checked for itself, so that each can be refused for itself. */
const eventList: Schema = { type: "array" };

/** What is captured: events in an envelope. */
export const DOCUMENT_SCHEMA: Schema = objectOf(
  {
    "@context": context,
    id: uri,
    type: { const: "EPCISDocument" },
    schemaVersion: version,
    creationDate: time,
    instanceIdentifier: text,
    sender: text,
    receiver: text,
    epcisHeader: header,
    epcisBody: objectOf({ eventList }, { required: ["eventList"], others: "any" }),
  },
  { required: ["@context", "type", "schemaVersion", "creationDate", "epcisBody"], others: "namespaced" },
);

const resultsBody = objectOf(
  { eventList, vocabularyList },
  { required: ["eventList"], others: "namespaced" },
);
const queryResults = objectOf(
  { queryName: text, subscriptionID: text, resultsBody },
  { required: ["queryName", "resultsBody"], others: "namespaced" },
);

/** What a query answers; it can be captured elsewhere as it is. */
export const QUERY_DOCUMENT_SCHEMA: Schema = objectOf(
  {
    "@context": context,
    id: uri,
    type: { const: "EPCISQueryDocument" },
    schemaVersion: version,
    creationDate: time,
    epcisBody: objectOf({ queryResults }, { required: ["queryResults"], others: "namespaced" }),
  },
  { required: ["@context", "type", "epcisBody"], others: "namespaced" },
);
