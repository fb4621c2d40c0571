import { type EpcFormat, inFormat } from "../../../domain/epcis/epc-format.ts";
import type { JsonObject } from "../../../domain/epcis/json-value.ts";
import type { EventQuery } from "../../../domain/epcis/query/event-query.ts";
import { parseEventQuery } from "../../../domain/epcis/query/parse-event-query.ts";
import { HttpProblem } from "../../problems.ts";
import type { EventStore } from "../event-store.ts";
import type { EventSearch } from "./event-search.ts";
import type { FoundEvent } from "./found-event.ts";
import { decodeToken, encodeToken } from "./search-place.ts";

/** Beyond it maxEventCount would be as good as no limit. */
const MAX_COUNTED = 100_000;
const REMEMBERED_IDS = 100_000;
/** Parameters that belong to a page, not to the question. */
const OF_THE_PAGE: ReadonlySet<string> = new Set(["nextPageToken", "perPage"]);

export type QueryAnswer = { events: JsonObject[]; nextPageToken: string | null };
export type AnswerQuery = ReturnType<typeof createAnswerQuery>;

/** Answers a question in the parameters of an address, a page at a time. Throws the problems of docs/epcis.md. */
export function createAnswerQuery(deps: { search: EventSearch; store: EventStore; nowMs(): number }) {
  const given = new Set<string>();

  /** Our own events can be asked for by the ids that they were given out under. */
  async function remember(events: readonly FoundEvent[]): Promise<void> {
    const fresh = events.filter((one) => one.place.source === "ledger" && !given.has(one.eventId));
    if (fresh.length === 0) return;
    await deps.store.rememberGiven(
      fresh.map(({ eventId, place }) => ({
        eventId,
        locationId: place.name,
        ordinal: place.number,
        part: place.part,
      })),
    );
    if (given.size > REMEMBERED_IDS) given.clear();
    for (const one of fresh) given.add(one.eventId);
  }

  async function assertNotTooLarge(query: EventQuery, asOfMs: number): Promise<void> {
    const { maxEventCount } = query;
    if (maxEventCount === null) return;
    const limit = Math.min(maxEventCount, MAX_COUNTED);
    const { next } = await deps.search.page(query, { after: null, asOfMs, limit });
    if (next === null) return;
    throw new HttpProblem("epcis_query_too_large", `There are more than ${limit} events.`, { maxEventCount });
  }

  return async (values: Readonly<Record<string, string>>, format: EpcFormat): Promise<QueryAnswer> => {
    const parsed = parseEventQuery(values);
    if (!parsed.ok) throw problemOf(parsed);
    const query = parsed.value;
    const question = questionOf(values);
    const token = query.nextPageToken === null ? null : decodeToken(query.nextPageToken, question);
    if (token?.ok === false) throw problemOf(token);
    const asOfMs = token?.value.asOfMs ?? deps.nowMs();
    if (token === null) await assertNotTooLarge(query, asOfMs);
    const left = token === null ? query.eventCountLimit : token.value.left;
    const limit = Math.min(query.perPage, left ?? query.perPage);
    const page = await deps.search.page(query, { after: token?.value.place ?? null, asOfMs, limit });
    await remember(page.events);
    const leftAfter = left === null ? null : left - page.events.length;
    const isMore = page.next !== null && leftAfter !== 0;
    return {
      events: page.events.map((one) => outgoing(one, format)),
      nextPageToken:
        isMore && page.next !== null
          ? encodeToken({ place: page.next, asOfMs, left: leftAfter }, question)
          : null,
    };
  };
}

function problemOf(refusal: { code: string; detail: string }): HttpProblem {
  const code = refusal.code === "epcis_not_implemented" ? "epcis_not_implemented" : "epcis_query_parameter";
  return new HttpProblem(code, refusal.detail);
}

function questionOf(values: Readonly<Record<string, string>>): string {
  const asked = Object.entries(values).filter(([name]) => !OF_THE_PAGE.has(name));
  return JSON.stringify(asked.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The event with its id and the time at which it was recorded here, which are the repository's to say. */
function outgoing({ event, eventId, recordTimeMs }: FoundEvent, format: EpcFormat): JsonObject {
  const { "@context": context, type, eventID: _id, recordTime: _time, ...rest } = inFormat(event, format);
  return {
    ...(context === undefined ? {} : { "@context": context }),
    type,
    eventID: eventId,
    recordTime: new Date(recordTimeMs).toISOString(),
    ...rest,
  };
}
