import type { ProblemEntry } from "./problem-entry.ts";

/** What EPCIS 2.0 has names of its own for. */
export const EPCIS_PROBLEMS = {
  epcis_validation_failed: {
    status: 400,
    type: "epcisException:ValidationException",
    title: "The EPCIS document or event is not valid",
    remedy: "See `errors` for each place and the reason, and docs/epcis.md. Nothing was captured.",
  },
  epcis_query_parameter: {
    status: 400,
    type: "epcisException:QueryParameterException",
    title: "A parameter of the EPCIS query is not known or has no such value",
    remedy: "See docs/epcis.md for the parameters that are understood.",
  },
  epcis_no_such_resource: {
    status: 404,
    type: "epcisException:NoSuchResourceException",
    title: "There is no such EPCIS event, capture job or value",
    remedy: "An id has to be percent-encoded as one part of the address.",
  },
  epcis_not_acceptable: {
    status: 406,
    type: "epcisException:NotAcceptableException",
    title: "The answer cannot be given in the form that is asked for",
    remedy: "EPCIS 2.0.0 and CBV 2.0.0 in JSON or JSON-LD is what there is.",
  },
  epcis_event_exists: {
    status: 409,
    type: "epcisException:ResourceAlreadyExistsException",
    title: "Another event has this id already",
    remedy:
      "Leave out the eventID, or send a correction under an id of its own. The stored event is unchanged.",
  },
  epcis_capture_limit: {
    status: 413,
    type: "epcisException:CaptureLimitExceededException",
    title: "The document has more events than are taken at once",
    remedy: "Send several documents of at most `limit` events each. Nothing was captured.",
  },
  epcis_query_too_large: {
    status: 413,
    type: "epcisException:QueryTooLargeException",
    title: "The query has more answers than it may",
    remedy: "Ask for less at once, or leave out maxEventCount and follow the pages.",
  },
  epcis_busy: {
    status: 503,
    title: "Too many capture jobs wait already",
    remedy: "Send the document again later; nothing of it was captured.",
  },
  epcis_not_implemented: {
    status: 501,
    type: "epcisException:ImplementationException",
    title: "This part of EPCIS 2.0 is not there",
    remedy: "See docs/epcis.md for what is.",
  },
} as const satisfies Record<string, ProblemEntry>;
