import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { isJsonObject, type JsonObject, type JsonValue } from "../../domain/epcis/json-value.ts";
import { isNestedDeeperThan } from "../../domain/epcis/nesting.ts";
import { missingParent } from "../../domain/epcis/missing-parent.ts";
import { EVENT_TYPES } from "../../domain/epcis/vocabulary.ts";
import { describeSchemaErrors } from "./describe-schema-errors.ts";
import { DOCUMENT_SCHEMA, QUERY_DOCUMENT_SCHEMA } from "./schema/documents.ts";
import { EVENT_SCHEMAS, OTHER_EVENT_SCHEMA } from "./schema/events.ts";
import type { Schema } from "./schema/parts.ts";

/** Deeper than anything the standard has or a person writes; what walks over an event may then call itself. */
const MAX_DEPTH = 64;

/** What is wrong, and where: a JSON pointer inside the event or document. */
export type EpcisFault = { at: string; reason: string };

/** A document taken apart: what is around the events, and the events, none of them checked yet. */
export type OpenedDocument = { context: JsonValue | undefined; events: readonly JsonValue[] };

export type EpcisValidator = ReturnType<typeof createEpcisValidator>;

let ajv: Ajv | null = null;

/** Compiled when it is first needed, once in a process: all together take some 300 ms, and most servers never see a document. */
function compile(schema: Schema): ValidateFunction {
  if (ajv === null) {
    ajv = new Ajv({ allErrors: false, strict: true, strictTypes: false, strictRequired: false });
    addFormats.default(ajv);
  }
  // It keeps what it has compiled, by the object.
  return ajv.compile(schema);
}

/** Checks documents and events by our statement of GS1's rules (adr/0012). */
export function createEpcisValidator() {
  function faultsBy(schema: Schema, value: unknown): EpcisFault[] {
    const validate = compile(schema);
    if (validate(value)) return [];
    const errors: ErrorObject[] = validate.errors ?? [];
    return [describeSchemaErrors(errors)];
  }

  /** Nothing for an event as GS1's schema takes it, inside a document (where the context is the document's). */
  function schemaFaultsOfEvent(event: unknown): EpcisFault[] {
    if (!isJsonObject(event)) return [{ at: "", reason: "an event is an object" }];
    if (isNestedDeeperThan(event, MAX_DEPTH)) {
      return [{ at: "", reason: `it is nested deeper than ${MAX_DEPTH} levels` }];
    }
    const { type } = event;
    const known = EVENT_TYPES.find((each) => each === type);
    return faultsBy(known === undefined ? OTHER_EVENT_SCHEMA : EVENT_SCHEMAS[known], event);
  }

  return {
    /** The envelope, whatever its events are. */
    openDocument(value: unknown): { faults: EpcisFault[]; opened: OpenedDocument | null } {
      const isQuery = isJsonObject(value) && value["type"] === "EPCISQueryDocument";
      if (!isJsonObject(value) || (!isQuery && value["type"] !== "EPCISDocument")) {
        const reason = "must be EPCISDocument or EPCISQueryDocument; a single event goes to /epcis/v2/events";
        return { faults: [{ at: "/type", reason }], opened: null };
      }
      const faults = faultsBy(isQuery ? QUERY_DOCUMENT_SCHEMA : DOCUMENT_SCHEMA, value);
      if (faults.length > 0) return { faults, opened: null };
      return { faults: [], opened: { context: value["@context"], events: eventsOf(value) } };
    },

    schemaFaultsOfEvent,

    /** The schema and the rules on parents that a schema of GS1 leaves to the reader. */
    faultsOfEvent(event: unknown): EpcisFault[] {
      const faults = schemaFaultsOfEvent(event);
      if (faults.length > 0 || !isJsonObject(event)) return faults;
      const reason = missingParent(event);
      return reason === null ? [] : [{ at: "/parentID", reason }];
    },

    /** The same for an event that stands alone, which has to bring its own context. */
    faultsOfLoneEvent(event: unknown): EpcisFault[] {
      const faults = this.faultsOfEvent(event);
      if (faults.length > 0 || (isJsonObject(event) && event["@context"] !== undefined)) return faults;
      return [{ at: "/@context", reason: "an event that is sent alone names its @context" }];
    },
  };
}

/** The events of a document whose envelope is valid. */
function eventsOf(document: JsonObject): readonly JsonValue[] {
  const body = document["epcisBody"];
  if (!isJsonObject(body)) return [];
  const results = body["queryResults"];
  const inQuery = isJsonObject(results) ? results["resultsBody"] : undefined;
  const list = isJsonObject(inQuery) ? inQuery["eventList"] : body["eventList"];
  return Array.isArray(list) ? (list as readonly JsonValue[]) : [];
}
