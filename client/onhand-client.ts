import { z } from "zod";
import { sessionSchema, ticketSchema } from "../domain/api/credentials.ts";
import {
  locationsPageSchema,
  productsPageSchema,
  readerNoticesPageSchema,
  readersPageSchema,
  tagMappingsPageSchema,
} from "../domain/api/master-data-answers.ts";
import { attentionSchema } from "../domain/api/attention.ts";
import { countDecisionSchema, countDetailSchema, countsPageSchema } from "../domain/api/counts.ts";
import { LIST_PAGE_SCHEMAS, type ListName, type ListPage, listsSummarySchema } from "../domain/api/lists.ts";
import { openingAnswerSchema } from "../domain/api/opening-answers.ts";
import { pipelineSchema } from "../domain/api/pipeline.ts";
import { positionsPageSchema } from "../domain/api/positions-page.ts";
import { locationCheckSchema, reconciliationSchema } from "../domain/api/reconciliation.ts";
import {
  availabilityAnswerSchema,
  type availabilityQuerySchema,
} from "../domain/availability/availability-item.ts";
import { incomingAnswerSchema, scheduleAnswerSchema } from "../domain/api/incoming-answers.ts";
import { explanationSchema } from "../domain/explain/explanation.ts";
import { type Location, locationSchema } from "../domain/location.ts";
import { type Product, productSchema } from "../domain/product.ts";
import { type Reader, readerSchema } from "../domain/reader.ts";
import { receiptSchema } from "../domain/receipt.ts";
import { createAnnotationCalls } from "./annotation-calls.ts";
import { createCustomerCalls } from "./customer-calls.ts";
import { createDeadLetterCalls } from "./dead-letter-calls.ts";
import { createFeedCalls } from "./feed-calls.ts";
import { createCall, type HttpOptions } from "./http.ts";
import { createItemCalls, createMovementCalls } from "./item-calls.ts";
import { createOfferCalls } from "./offer-calls.ts";
import { createPromiseCalls } from "./promise-calls.ts";
import { createOrderCalls } from "./order-calls.ts";
import { createReportCalls } from "./report-calls.ts";
import { createReservationCalls } from "./reservation-calls.ts";
import { createRuleCalls } from "./rule-calls.ts";
import { createSettingsCalls } from "./settings-calls.ts";
import type { PageOptions } from "./page-options.ts";
import { createMissCalls, createReturnCalls } from "./return-calls.ts";
import { createTaskCalls } from "./task-calls.ts";
import { createWebhookCalls } from "./webhook-calls.ts";
import { type AvailabilityStreamOptions, openAvailabilityStream } from "./stream/availability-stream.ts";
import { createEventSourceSocket } from "./stream/event-source-socket.ts";

/** `hours`: how far back; docs/lists.md has what each list does by itself, and its most. */
export type ListOptions = { hours?: number; location?: string; signal?: AbortSignal };

/** As a mapped type, so that each name has its own page. */
const listSchemas: { [Name in ListName]: z.ZodType<ListPage<Name>> } = LIST_PAGE_SCHEMAS;

/** `channel`: for whom; `confidence`: only units that are there with this probability; `quantity`: how many are wanted. */
export type AvailabilityOptions = {
  locations?: string[];
  channel?: string;
  quantity?: number;
  confidence?: number;
  signal?: AbortSignal;
};

/** `transport`: server-sent events where a WebSocket is in the way. */
export type ClientStreamOptions = Omit<AvailabilityStreamOptions, "url" | "getTicket"> & {
  transport?: "websocket" | "events";
};

export type OnhandClient = ReturnType<typeof createOnhandClient>;

/**
 * The typed client of a server, for browsers and Node. Every method resolves to a parsed answer or rejects with an `ApiProblem`
 * whose `code` is documented in docs/errors.md.
 */
export function createOnhandClient(options: HttpOptions) {
  const call = createCall(options);
  const page = ({ query, cursor, limit }: PageOptions) => ({ query, cursor, limit });
  const withSignal = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { signal });

  const getTicket = async (): Promise<string> => (await call("POST", "/v1/tickets", ticketSchema)).ticket;

  const events = () => ({
    url: `${options.baseUrl}/v1/availability/stream/events`,
    key: options.key,
    fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
  });

  return {
    availability: {
      /** One product at the named locations, or at all. Whole units. */
      get: (gtin: string, { locations, signal, ...query }: AvailabilityOptions = {}) =>
        call("GET", "/v1/availability", availabilityAnswerSchema, {
          query: { gtin, location: locations, ...query },
          ...withSignal(signal),
        }),
      /** Up to 5,000 products at up to 100 locations, named or near a place, in one answer. */
      query: (body: z.input<typeof availabilityQuerySchema>, signal?: AbortSignal) =>
        call("POST", "/v1/availability/query", availabilityAnswerSchema, {
          body,
          isReading: true,
          ...withSignal(signal),
        }),
      /** Day by day: what is there, what comes, what is demanded and what can be promised; 30 days, at most 180. */
      schedule: (
        query: { gtin: string; location: string; channel?: string; days?: number },
        signal?: AbortSignal,
      ) => call("GET", "/v1/availability/schedule", scheduleAnswerSchema, { query, ...withSignal(signal) }),
      /** Why this number, now or at `at`; `eventTime` asks what is known by now of that instant. */
      explain: (
        query: {
          gtin: string;
          location: string;
          channel?: string;
          at?: string;
          eventTime?: boolean;
          confidence?: number;
          steps?: number;
        },
        signal?: AbortSignal,
      ) =>
        call("GET", "/v1/availability/explain", explanationSchema, {
          query: { ...query, eventTime: String(query.eventTime ?? false) },
          ...withSignal(signal),
        }),
      /** What is to come, the earliest first. */
      incoming: ({ signal, ...query }: { gtin?: string; location?: string; signal?: AbortSignal } = {}) =>
        call("GET", "/v1/incoming", incomingAnswerSchema, { query, ...withSignal(signal) }),
      /** Live availability; see {@link openAvailabilityStream}. The address and the proof of who asks are this client's own. */
      stream: ({ transport = "websocket", ...streamOptions }: ClientStreamOptions) =>
        transport === "events"
          ? openAvailabilityStream({
              ...streamOptions,
              url: "",
              WebSocket: createEventSourceSocket(events()),
            })
          : openAvailabilityStream({ ...streamOptions, url: streamUrl(options.baseUrl), getTicket }),
    },
    /** What needs somebody, the most urgent first: see docs/attention.md. */
    attention: ({ location, signal }: { location?: string; signal?: AbortSignal } = {}) =>
      call("GET", "/v1/attention", attentionSchema, { query: { location }, ...withSignal(signal) }),
    /** Whether every step from a read to an answer is well, and how its figures went for half an hour. */
    pipeline: (signal?: AbortSignal) => call("GET", "/v1/pipeline", pipelineSchema, withSignal(signal)),
    /** Holds on stock, from the cart to the hand-over. */
    reservations: createReservationCalls(call),
    orders: createOrderCalls(call),
    /** Who is whom across channels, what they agreed to, and that they are forgotten. */
    customers: createCustomerCalls(call),
    offers: createOfferCalls(call),
    /** What is told to the world of stock: runs, lint, settings, and the rehearsal of the audit. */
    feeds: createFeedCalls(call),
    /** Work for a store's staff: see docs/tasks.md. */
    returns: createReturnCalls(call),
    misses: createMissCalls(call),
    tasks: createTaskCalls(call),
    webhooks: createWebhookCalls(call),
    /** What happened, beside the figures. */
    annotations: createAnnotationCalls(call),
    /** KPIs, with the SQL that made them: see docs/reports.md. */
    reports: createReportCalls(call),
    locations: {
      list: ({ signal, ...rest }: PageOptions = {}) =>
        call("GET", "/v1/locations", locationsPageSchema, { query: page(rest), ...withSignal(signal) }),
      get: (locationId: string, signal?: AbortSignal) =>
        call("GET", `/v1/locations/${encodeURIComponent(locationId)}`, locationSchema, withSignal(signal)),
      /** When it is open, by its own clock, and when an order placed now is ready for pickup. */
      opening: (locationId: string, { days, signal }: { days?: number; signal?: AbortSignal } = {}) =>
        call("GET", `/v1/locations/${encodeURIComponent(locationId)}/opening`, openingAnswerSchema, {
          query: { days },
          ...withSignal(signal),
        }),
      put: (location: Location) =>
        call("PUT", `/v1/locations/${encodeURIComponent(location.locationId)}`, locationSchema, {
          body: location,
        }),
    },
    products: {
      list: ({ signal, ...rest }: PageOptions = {}) =>
        call("GET", "/v1/products", productsPageSchema, { query: page(rest), ...withSignal(signal) }),
      get: (gtin: string, signal?: AbortSignal) =>
        call("GET", `/v1/products/${encodeURIComponent(gtin)}`, productSchema, withSignal(signal)),
      put: (product: Product) =>
        call("PUT", `/v1/products/${encodeURIComponent(product.gtin)}`, productSchema, { body: product }),
    },
    readers: {
      /** Readers with their health; those that were heard but have no zones yet come first. */
      list: ({ signal, ...rest }: PageOptions = {}) =>
        call("GET", "/v1/readers", readersPageSchema, { query: page(rest), ...withSignal(signal) }),
      /** Says which zones a reader's antennas look at; reads that waited are then placed. */
      put: (reader: Reader) =>
        call(
          "PUT",
          `/v1/readers/${encodeURIComponent(reader.locationId)}/${encodeURIComponent(reader.readerId)}`,
          readerSchema,
          { body: reader },
        ),
      /** What people should know of one: losses, errors, antennas, presence, its clock; newest first. */
      notices: (
        { locationId, readerId }: { locationId: string; readerId: string },
        { signal, ...rest }: PageOptions = {},
      ) =>
        call(
          "GET",
          `/v1/readers/${encodeURIComponent(locationId)}/${encodeURIComponent(readerId)}/notices`,
          readerNoticesPageSchema,
          { query: page(rest), ...withSignal(signal) },
        ),
    },
    lists: {
      /** How many are on each list for people, and what they are worth; each list over its own time. */
      summary: ({ signal, ...query }: Omit<ListOptions, "hours"> = {}) =>
        call("GET", "/v1/lists", listsSummarySchema, { query, ...withSignal(signal) }),
      /** One list, in pages. */
      page: <Name extends ListName>(name: Name, { signal, ...query }: ListOptions & PageOptions = {}) =>
        call("GET", `/v1/lists/${name}`, listSchemas[name], {
          query,
          ...withSignal(signal),
        }),
    },
    items: createItemCalls(call),
    deadLetters: createDeadLetterCalls(call),
    counts: {
      /** Counts of stock, newest first. */
      list: ({ signal, ...query }: PageOptions & { location?: string } = {}) =>
        call("GET", "/v1/counts", countsPageSchema, { query, ...withSignal(signal) }),
      /** One with its largest differences. */
      get: (locationId: string, countId: string, signal?: AbortSignal) =>
        call("GET", `/v1/counts/${encodeURIComponent(countId)}`, countDetailSchema, {
          query: { location: locationId },
          ...withSignal(signal),
        }),
      /** Accepts or rejects one that is held. Rejects with what ingest said when it took no effect. */
      decide: async (countId: string, decision: z.input<typeof countDecisionSchema>) => {
        const path = `/v1/counts/${encodeURIComponent(countId)}/decision`;
        const receipt = await call("POST", path, receiptSchema, { body: decision });
        if (receipt.status === "rejected") throw new Error(receipt.detail ?? receipt.code ?? "refused");
        return receipt;
      },
    },
    movements: createMovementCalls(call),
    positions: {
      /** The stock table with the products' words, in pages. Follow it afterwards by `availability.stream`. */
      list: ({ locations, signal, ...rest }: PageOptions & { locations?: string[] } = {}) =>
        call("GET", "/v1/positions", positionsPageSchema, {
          query: { ...page(rest), location: locations },
          ...withSignal(signal),
        }),
    },
    promise: createPromiseCalls(call),
    reconciliation: {
      /** The last check of each location's memory against the ledger, and what differed in the last 90 days. */
      get: ({ location, signal }: { location?: string; signal?: AbortSignal } = {}) =>
        call("GET", "/v1/reconciliation", reconciliationSchema, {
          query: { location },
          ...withSignal(signal),
        }),
      /** Compares one location now; what differs is put right. */
      check: (locationId: string) =>
        call("POST", `/v1/reconciliation/${encodeURIComponent(locationId)}`, locationCheckSchema),
    },
    rules: createRuleCalls(call),
    settings: createSettingsCalls(call),
    tagMappings: {
      /** Tags that name no product, and the product that people say they are on. */
      list: ({ signal, ...rest }: PageOptions = {}) =>
        call("GET", "/v1/tag-mappings", tagMappingsPageSchema, { query: page(rest), ...withSignal(signal) }),
      /** Maps up to 1,000 tags, all or none; their reads that waited are then counted. `epc` as hex or URI. */
      put: (items: readonly { epc: string; gtin: string; note?: string }[]) =>
        call("PUT", "/v1/tag-mappings", z.unknown(), { body: { items } }),
      remove: (epc: string) => call("DELETE", `/v1/tag-mappings/${encodeURIComponent(epc)}`, z.unknown()),
    },
    session: {
      /** Who is asking. Rejects with status 401 where nobody is signed in. */
      get: (signal?: AbortSignal) => call("GET", "/v1/session", sessionSchema, withSignal(signal)),
      /** Signs this browser in with a key of a person's role; the cookie cannot be read by scripts. */
      create: (key: string) => call("POST", "/v1/session", sessionSchema, { body: { key } }),
      /** Signs this browser out. */
      remove: () => call("DELETE", "/v1/session", z.unknown()),
    },
    tickets: { create: getTicket },
  };
}

/** `ws:` or `wss:` address of the stream of the server at `baseUrl`; empty = the page's own server. */
function streamUrl(baseUrl: string): string {
  const url = new URL("/v1/availability/stream", baseUrl === "" ? globalThis.location.href : baseUrl);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}
