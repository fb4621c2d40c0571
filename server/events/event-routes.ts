import { z } from "zod";
import { eventsAnswerSchema } from "../../domain/api/events-answer.ts";
import { stockEventSchema, tillEventSchema } from "../../domain/events/stock-event.ts";
import { idSchema } from "../../domain/identifiers.ts";
import type { Receipt } from "../../domain/receipt.ts";
import { type Caller, defineRoute, type Route, type RouteAnswer } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import { type EventPublisher, type EventToPublish, parseEvent } from "./event-publisher.ts";

const MAX_EVENTS = 1_000;
const CONCURRENT = 100;

const querySchema = z.object({
  /** For events that do not name their location themselves, and for reads. */
  location: idSchema.optional(),
  /** The reader of a body of tag reads. */
  reader: idSchema.optional(),
  /** Who says a stock event; the key's id when not given. */
  source: idSchema.optional(),
});

/** What documentation shows of the body; a reader's own formats are documented under MQTT. */
const bodySchema = z.union([
  tillEventSchema,
  stockEventSchema,
  z.array(z.union([tillEventSchema, stockEventSchema])).max(MAX_EVENTS),
  z.record(z.string(), z.unknown()),
  z.array(z.unknown()),
]);

export function createEventRoutes(deps: { publisher: EventPublisher }): Route[] {
  return [
    defineRoute({
      method: "POST",
      path: "/v1/events",
      tag: "Events",
      summary: "Sales, returns, receipts, adjustments and reads, for systems without MQTT",
      description:
        `One event or an array of at most ${MAX_EVENTS}. Answered after the receipts: what is accepted is durable. With ` +
        "`?location=…&reader=…` the body is a reader's own message; reads have no ids and get no receipts. A device's " +
        "key speaks for its own location only. Sending the same event again is always safe: a repeat is a `duplicate`.",
      roles: ["device", "admin"],
      query: querySchema,
      body: z.unknown(),
      bodyForDocs: bodySchema,
      answer: { schema: eventsAnswerSchema, description: "One receipt an event, in the order sent" },
      problems: [
        "location_not_allowed",
        "event_without_location",
        "too_many_items",
        "broker_unavailable",
        "outcome_unknown",
      ],
      async handle({ query, body, caller }): Promise<RouteAnswer> {
        if (query.reader !== undefined) return await takeReads(deps.publisher, { ...query, body, caller });
        const bodies: unknown[] = Array.isArray(body) ? body : [body];
        if (bodies.length > MAX_EVENTS) {
          throw new HttpProblem("too_many_items", `${bodies.length} events at once.`, { limit: MAX_EVENTS });
        }
        const events = bodies.map((one, index) => toPublish(one, index, query, caller));
        return { body: { receipts: await publishAll(deps.publisher, events) } };
      },
    }),
  ];
}

async function takeReads(
  publisher: EventPublisher,
  wish: { location?: string | undefined; reader?: string | undefined; body: unknown; caller: Caller },
): Promise<RouteAnswer> {
  const locationId = assertPlace(wish.location, wish.caller);
  const outcome = await publisher.publishReads(locationId, wish.reader ?? "", wish.body);
  if (!outcome.ok) throw problemOf(outcome, []);
  return { status: 202, body: { receipts: [] } };
}

function toPublish(
  body: unknown,
  index: number,
  query: z.infer<typeof querySchema>,
  caller: Caller,
): EventToPublish {
  const parsed = parseEvent(body);
  if (!parsed.ok) throw new HttpProblem("invalid_request", `Event ${index}: ${parsed.detail}`, { index });
  const { event } = parsed.value;
  const named = event.locationId ?? ("storeId" in event ? event.storeId : undefined);
  const locationId = assertPlace(named ?? query.location, caller);
  if (parsed.value.kind === "stock") {
    return { kind: "stock", locationId, source: query.source ?? sourceOf(caller), event: parsed.value.event };
  }
  if (!idSchema.safeParse(parsed.value.event.terminalId).success) {
    throw new HttpProblem("invalid_request", `Event ${index}: terminalId is no id.`, { index });
  }
  return { kind: "till", locationId, event: parsed.value.event };
}

/** The location of an event, which a device's key must match. */
function assertPlace(named: string | undefined, caller: Caller): string {
  const locationId = named ?? caller.locationId;
  if (locationId === null || !idSchema.safeParse(locationId).success) {
    throw new HttpProblem("event_without_location", "The place of the event is not known.");
  }
  if (caller.locationId === null || caller.locationId === locationId) return locationId;
  throw new HttpProblem(
    "location_not_allowed",
    `The key speaks for ${caller.locationId}, not ${locationId}.`,
    {
      allowed: caller.locationId,
    },
  );
}

/** A signed-in browser's id has a colon, which is no id in a topic. */
function sourceOf(caller: Caller): string {
  return caller.keyId.replaceAll(/[^A-Za-z0-9._-]/g, ".");
}

/** In order, some at once. What was answered before a failure is told with it. */
async function publishAll(publisher: EventPublisher, events: readonly EventToPublish[]): Promise<Receipt[]> {
  const receipts: Receipt[] = [];
  for (let start = 0; start < events.length; start += CONCURRENT) {
    const outcomes = await Promise.all(
      events.slice(start, start + CONCURRENT).map((event) => publisher.publishEvent(event)),
    );
    for (const outcome of outcomes) if (outcome.ok) receipts.push(outcome.value);
    const failed = outcomes.find((outcome) => !outcome.ok);
    if (failed !== undefined && !failed.ok) throw problemOf(failed, receipts);
  }
  return receipts;
}

function problemOf(refusal: { code: string; detail: string }, receipts: readonly Receipt[]): HttpProblem {
  const code = refusal.code === "broker_unavailable" ? "broker_unavailable" : "outcome_unknown";
  return new HttpProblem(code, refusal.detail, { receipts }, { "retry-after": "5" });
}
