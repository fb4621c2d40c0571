import type { Problem } from "../domain/api/problem.ts";

/** `type` names the problem where a standard has a name for it; else it is the place in our own documents. */
type Entry = { status: number; title: string; remedy: string; type?: string };

/** Every error over HTTP and WebSocket: its status, what it means, and what to do. The docs are made of this table. */
export const PROBLEMS = {
  invalid_request: {
    status: 400,
    title: "The request is not in the documented form",
    remedy: "See `errors` for each place and the reason. Nothing was changed.",
  },
  invalid_json: {
    status: 400,
    title: "The body is not JSON",
    remedy: "Send valid JSON in UTF-8. Nothing was changed.",
  },
  invalid_gtin: {
    status: 400,
    title: "A GTIN has a wrong length or check digit",
    remedy: "Correct the codes in `gtins`; a mistyped code is never answered as out of stock.",
  },
  too_many_items: {
    status: 400,
    title: "The question has too many products times locations",
    remedy: "Ask in several parts, each with at most `limit` pairs.",
  },
  invalid_epc: {
    status: 400,
    title: "This names no one tag",
    remedy:
      "Send hex as on the tag, an EPC URI, an element string with its serial, or a Digital Link, percent-encoded.",
  },
  invalid_cursor: {
    status: 400,
    title: "The cursor is not one that this list gave",
    remedy: "Start again without a cursor.",
  },
  unauthenticated: {
    status: 401,
    title: "No valid key, session or ticket",
    remedy:
      "Send `Authorization: Bearer oh_…`, or open the link that `onhand start` prints. A revoked key stays refused.",
  },
  login_code_invalid: {
    status: 401,
    title: "The sign-in link was used already or is too old",
    remedy: "Each link signs in one browser, once. Ask for a new one: POST /v1/login-codes, or start again.",
  },
  forbidden: {
    status: 403,
    title: "The key's role does not allow this",
    remedy: "Use a key with one of the roles in `allowed`.",
  },
  location_not_allowed: {
    status: 403,
    title: "The key may speak for one other location only",
    remedy: "Send events of the key's own location, or create a key for this one. Nothing was taken in.",
  },
  origin_not_allowed: {
    status: 403,
    title: "The web origin may not use this",
    remedy:
      "Publishable keys work on their listed origins only; signed-in browsers on this server's own pages only.",
  },
  host_not_allowed: {
    status: 403,
    title: "The Host header names another server",
    remedy:
      "Call the server by the name it listens on, or add the name to HTTP_HOSTS. This stops DNS rebinding.",
  },
  not_found: { status: 404, title: "There is nothing at this address", remedy: "See /docs for the routes." },
  location_not_found: {
    status: 404,
    title: "The location is not known",
    remedy: "Create it with PUT /v1/locations/{locationId} or import it.",
  },
  product_not_found: {
    status: 404,
    title: "The product is not known",
    remedy: "Create it with PUT /v1/products/{gtin} or import it.",
  },
  reader_not_found: {
    status: 404,
    title: "The reader is not known and was never heard",
    remedy: "Check its topic, or assign it with PUT /v1/readers/{locationId}/{readerId}.",
  },
  tracking_replay_range: {
    status: 400,
    title: "The time to replay has no length",
    remedy: "Give a `to` after `from`.",
  },
  tracking_replay_not_found: {
    status: 404,
    title: "There is no such replay of reads",
    remedy:
      "It is kept in the memory of the server that ran it, the last 20. Run it again: it changes nothing.",
  },
  tracking_replay_running: {
    status: 409,
    title: "A replay of reads runs already",
    remedy: "Wait for `replayId`, or end it with DELETE /v1/admin/replays/{replayId}.",
  },
  read_point_not_found: {
    status: 404,
    title: "Nothing is set for this read point",
    remedy: "List them with GET /v1/settings/read-points. Without a rule every read of it is near.",
  },
  item_not_found: {
    status: 404,
    title: "Nothing is known of this item",
    remedy:
      "`decoded` says what its EPC means. Look with a larger `hours`, or see whether its reader is heard: GET /v1/readers.",
  },
  reservation_not_found: {
    status: 404,
    title: "There is no such reservation",
    remedy:
      "Check its id. If the answer to your wish was lost, send the wish again with the same Idempotency-Key.",
  },
  count_not_found: {
    status: 404,
    title: "There is no such count",
    remedy: "List them with GET /v1/counts. A count is known once its `count_started` was accepted.",
  },
  dead_letter_not_found: {
    status: 404,
    title: "There is no such dead letter",
    remedy: "List them with GET /v1/dead-letters?state=all. Settled ones are deleted after 30 days.",
  },
  replay_not_found: {
    status: 404,
    title: "There is no such replay",
    remedy:
      "Progress is kept by the server that runs it, until it ends. Each letter's own steps stay: GET /v1/dead-letters.",
  },
  webhook_not_found: {
    status: 404,
    title: "There is no such webhook",
    remedy: "List them with GET /v1/webhooks.",
  },
  delivery_not_found: {
    status: 404,
    title: "This was never sent to the webhook",
    remedy: "List what was with GET /v1/webhooks/{webhookId}/deliveries. Deliveries are kept for 30 days.",
  },
  webhook_disabled: {
    status: 409,
    title: "The webhook is switched off",
    remedy: "Switch it on with PUT /v1/webhooks/{webhookId} and `isEnabled: true`. Nothing was sent.",
  },
  webhook_url_refused: {
    status: 400,
    title: "The address is not one to send events to",
    remedy:
      "Give an https address on the public internet, or set WEBHOOKS_ALLOW_PRIVATE where one's own network is meant.",
  },
  too_many_webhooks: {
    status: 409,
    title: "There are as many webhooks as there may be",
    remedy: "Delete one that is not used, or filter at one receiver.",
  },
  tag_mapping_not_found: {
    status: 404,
    title: "The tag is mapped to no product",
    remedy: "List the mappings with GET /v1/tag-mappings, or map it with PUT /v1/tag-mappings/{epc}.",
  },
  mapping_not_found: {
    status: 404,
    title: "There is no such mapping",
    remedy: "List the mappings with GET /v1/reader-mappings.",
  },
  key_not_found: { status: 404, title: "There is no such key", remedy: "List the keys with GET /v1/keys." },
  rule_not_found: {
    status: 404,
    title: "There is no such rule",
    remedy: "List the rules with GET /v1/rules.",
  },
  location_group_not_found: {
    status: 404,
    title: "There is no such group of locations",
    remedy: "List the groups with GET /v1/location-groups, or create it with PUT. Nothing was changed.",
  },
  method_not_allowed: {
    status: 405,
    title: "The address does not take this method",
    remedy: "Use one of the methods in `allow`.",
  },
  location_group_in_use: {
    status: 409,
    title: "Rules name the group of locations",
    remedy: "Change or take back the rules in `rules` first. Nothing was changed.",
  },
  zone_in_use: {
    status: 409,
    title: "A reader still looks at a zone that would go",
    remedy: "Assign the readers in `readers` to other zones first; their reads would have no place.",
  },
  insufficient_availability: {
    status: 409,
    title: "There is not as much available as was asked for",
    remedy:
      "See `lines` for what is available of each, and where else. Nothing was held. Ask for less, or with `partial`.",
  },
  reservation_state: {
    status: 409,
    title: "The reservation is not in a state for this",
    remedy: "See `state`. Nothing was changed. What has ended holds no stock: make a new reservation.",
  },
  sale_rejected: {
    status: 409,
    title: "The ledger refused the sale of the goods handed over",
    remedy: "See `receipt` for the code. The goods are held as before; mend the cause and fulfil it again.",
  },
  publishable_limit: {
    status: 409,
    title: "A publishable key may not hold as much",
    remedy:
      "See `limits`. Nothing was held. Larger baskets are held by your own server with a storefront key.",
  },
  dead_letter_state: {
    status: 409,
    title: "The dead letter is not in a state for this",
    remedy:
      "Replay or discard what is open; reopen what is replayed or discarded first. Nothing was changed.",
  },
  replay_running: {
    status: 409,
    title: "Another replay of many runs",
    remedy: "Wait for the replay `jobId`, or stop it with POST /v1/dead-letters/replays/{jobId}/stop.",
  },
  too_many_mappings: {
    status: 409,
    title: "There are as many mappings as there may be",
    remedy: "Delete one that is not used any more. A mapping without a reader serves all readers.",
  },
  body_too_large: {
    status: 413,
    title: "The body is larger than this server takes",
    remedy: "Send several requests of at most `limitBytes` each. Nothing was taken in.",
  },
  idempotency_key_missing: {
    status: 400,
    title: "The request needs an Idempotency-Key",
    remedy:
      "Send a new random key with each wish, and the same one with each repeat of it. Nothing was held.",
  },
  idempotency_key_reused: {
    status: 422,
    title: "The Idempotency-Key came before with another request",
    remedy: "Use a new key for a new request. Nothing was changed.",
  },
  unsupported_media_type: {
    status: 415,
    title: "The body is not announced as JSON",
    remedy: "Send `Content-Type: application/json`.",
  },
  tag_names_product: {
    status: 422,
    title: "The tag names its product itself",
    remedy: "Map only foreign tags. A tag on the wrong product is encoded anew.",
  },
  unknown_zone: {
    status: 422,
    title: "A zone does not exist at this location",
    remedy: "Add the zones in `zones` to the location first, then assign the reader.",
  },
  invalid_time_zone: {
    status: 422,
    title: "The time zone is not an IANA name",
    remedy: "Use a name such as Europe/Paris.",
  },
  invalid_rule: {
    status: 422,
    title: "The rule contradicts itself",
    remedy: "See `detail` and docs/availability.md. Nothing was changed; the rules before hold.",
  },
  invalid_opening_hours: {
    status: 422,
    title: "The opening hours are not in the syntax that is understood",
    remedy: "Write them as in docs/availability.md, such as Mo-Sa 09:00-20:00; PH off. Nothing was changed.",
  },
  event_without_location: {
    status: 422,
    title: "The event names no location",
    remedy: "Put `locationId` in the event or `?location=` in the address. Nothing was taken in.",
  },
  upgrade_required: {
    status: 426,
    title: "The address takes WebSockets only",
    remedy: "Open it as ws:// or wss://.",
  },
  rate_limited: {
    status: 429,
    title: "Too many requests",
    remedy:
      "Wait `Retry-After` seconds. Ask for many products at once, or hold the stream open instead of polling.",
  },
  internal_error: {
    status: 500,
    title: "The server failed",
    remedy:
      "The request id leads to the log line. If it was a change, ask for its state before repeating it.",
  },
  promise_lost: {
    status: 409,
    title: "The way cannot be had any more",
    remedy:
      "Choose from `ways`, the best first, or say what is in `missing`. Nothing was held.",
  },
  explanation_differs: {
    status: 500,
    title: "The explanation does not come to the answer",
    remedy:
      "No explanation is better than a wrong one. See `explained` and `answered`, and GET /v1/reconciliation: a position that differs from the ledger is put right within minutes.",
  },
  not_ready: {
    status: 503,
    title: "The server does not know the stock yet",
    remedy:
      "Positions are being loaded. Try again in `Retry-After` seconds; no number is better than a wrong one.",
  },
  not_the_writer: {
    status: 503,
    title: "Another server grants reservations",
    remedy:
      "Ask again in `Retry-After` seconds, at another server or this one, with the same Idempotency-Key: nothing is held twice.",
  },
  reservations_busy: {
    status: 503,
    title: "More reservations wait to become durable than this server takes",
    remedy: "Nothing was held. Send it again in `Retry-After` seconds with the same Idempotency-Key.",
  },
  database_unavailable: {
    status: 503,
    title: "ClickHouse did not answer",
    remedy: "Live availability goes on from memory; lists and changes wait. See /readyz.",
  },
  broker_unavailable: {
    status: 503,
    title: "The MQTT broker cannot be reached",
    remedy: "The event was not taken in. Send it again with the same eventId when /readyz is green.",
  },
  outcome_unknown: {
    status: 504,
    title: "It is not known in time what became of it",
    remedy:
      "It may or may not be durable. Send it again with the same eventId or Idempotency-Key: a repeat never counts twice.",
  },
  list_too_large: {
    status: 503,
    title: "The list takes too long to make",
    remedy: "Ask for fewer `hours`, or for one `location`. Nothing else is held up by it.",
  },
  request_timeout: {
    status: 504,
    title: "The answer took too long",
    remedy: "Ask for less at once. A change may have been made: ask for its state before repeating it.",
  },
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
  invalid_frame: {
    status: 400,
    title: "The WebSocket frame is not in the documented form",
    remedy: "See /docs, WebSocket. The socket stays open.",
  },
  too_many_subscriptions: {
    status: 429,
    title: "The socket has as many subscriptions as it may",
    remedy: "Unsubscribe one first, or name several products in one subscription.",
  },
  too_many_sockets: {
    status: 503,
    title: "The server holds as many sockets as it may",
    remedy: "Try again later, or at another server.",
  },
} as const satisfies Record<string, Entry>;
export type ProblemCode = keyof typeof PROBLEMS;

/** Thrown or returned by a route; becomes the answer. `extra` is what the caller needs to go on. */
export class HttpProblem extends Error {
  readonly code: ProblemCode;
  readonly extra: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(
    code: ProblemCode,
    detail: string,
    extra: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ) {
    super(detail);
    this.name = "HttpProblem";
    this.code = code;
    this.extra = extra;
    this.headers = headers;
  }

  /** The problem+json body, with the remedy after the detail. `type` replaces the one of the table. */
  body(type?: string): Problem {
    const { status, title, remedy, type: standard }: Entry = PROBLEMS[this.code];
    return {
      type: type ?? standard ?? `/docs#problem-${this.code}`,
      title,
      status,
      detail: `${this.message} ${remedy}`,
      code: this.code,
      ...this.extra,
    };
  }
}
