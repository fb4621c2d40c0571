import type { Problem } from "../domain/api/problem.ts";
import { BACKUP_PROBLEMS } from "./problem-tables/backup-problems.ts";
import { CUSTOMER_PROBLEMS } from "./problem-tables/customer-problems.ts";
import { EPCIS_PROBLEMS } from "./problem-tables/epcis-problems.ts";
import { FEED_PROBLEMS } from "./problem-tables/feed-problems.ts";
import { ORDER_PROBLEMS } from "./problem-tables/order-problems.ts";
import type { ProblemEntry } from "./problem-tables/problem-entry.ts";
import { PROMISE_PROBLEMS } from "./problem-tables/promise-problems.ts";
import { REPORT_PROBLEMS } from "./problem-tables/report-problems.ts";
import { TASK_PROBLEMS } from "./problem-tables/task-problems.ts";
import { RETURN_PROBLEMS } from "./problem-tables/return-problems.ts";
import { CONNECTOR_PROBLEMS } from "./problem-tables/connector-problems.ts";

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
  method_not_allowed: {
    status: 405,
    title: "The address does not take this method",
    remedy: "Use one of the methods in `allow`.",
  },
  zone_in_use: {
    status: 409,
    title: "A reader still looks at a zone that would go",
    remedy: "Assign the readers in `readers` to other zones first; their reads would have no place.",
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
  not_ready: {
    status: 503,
    title: "The server does not know the stock yet",
    remedy: "Try again in `Retry-After` seconds; no number is better than a wrong one.",
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
  ...BACKUP_PROBLEMS,
  ...PROMISE_PROBLEMS,
  ...TASK_PROBLEMS,
  ...FEED_PROBLEMS,
  ...REPORT_PROBLEMS,
  ...CUSTOMER_PROBLEMS,
  ...ORDER_PROBLEMS,
  ...RETURN_PROBLEMS,
  ...CONNECTOR_PROBLEMS,
  ...EPCIS_PROBLEMS,
} as const satisfies Record<string, ProblemEntry>;
export type ProblemCode = keyof typeof PROBLEMS;

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code);
}

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
    const { status, title, remedy, type: standard }: ProblemEntry = PROBLEMS[this.code];
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
