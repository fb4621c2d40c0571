import { z } from "zod";
import { instantSchema } from "../../domain/identifiers.ts";
import { type Reservation, reservationSchema } from "../../domain/reservations/reservation.ts";
import { matchesEventType, type WebhookEventType } from "../../domain/webhooks/webhook-event-types.ts";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import { type FindAlternatives, unitsAtRisk } from "../reservations/find-alternatives.ts";
import type { DeliveryQueue } from "./delivery-queue.ts";
import { newDelivery, type WebhookEvent } from "./new-delivery.ts";
import type { Progress, ToldStore } from "./told-store.ts";
import type { WebhookRecord, WebhookStore } from "./webhook-store.ts";

/** A webhook with so many deliveries waiting reads no further until it has caught up: the table keeps its place. */
const MOST_WAITING = 500;
const MOST_ROWS = 1_000;
/** A change that was decided before a hold's end is stored within this time. */
const SETTLING_MS = 2_000;

/** What is told of each change; null for what concerns nobody outside. */
const TYPES: Readonly<Record<string, WebhookEventType>> = {
  granted: "hold.granted",
  regranted: "hold.granted",
  extended: "hold.extended",
  released: "hold.released",
  at_risk: "hold.at_risk",
  covered: "hold.covered",
  confirmed: "reservation.confirmed",
  transferred: "reservation.transferred",
  picked: "reservation.picked",
  shorted: "reservation.short",
  fulfilled: "reservation.fulfilled",
};

const reservationText = z
  .string()
  .transform((text) => (text === "" ? null : reservationSchema.parse(JSON.parse(text))));
const changeSchema = z.object({
  ordinal: z.number(),
  kind: z.string(),
  decided_at: instantSchema,
  reservation: reservationText,
});
const expiredSchema = z.object({
  reservation_id: z.string(),
  version: z.number(),
  reservation: reservationText,
  ended_at: instantSchema,
});

type Found = WebhookEvent & { reservation: Reservation };

export type ReservationEvents = ReturnType<typeof createReservationEvents>;

/**
 * Tells webhooks of reservations, by reading what is stored: each webhook has its place among the changes, so none is lost over a
 * stop, and one that is behind holds nobody up. An expired hold leaves no row, so ends are looked for in time.
 */
export function createReservationEvents(deps: {
  db: Database;
  webhooks: WebhookStore;
  queue: DeliveryQueue;
  store: ToldStore;
  findAlternatives: FindAlternatives;
  nowMs(): number;
}) {
  const { db, webhooks, queue, store } = deps;
  let progress = new Map<string, Progress>();

  async function head(): Promise<number> {
    const [row] = await db.query({
      name: "webhooks/reservation-head",
      sql: loadQuery("webhooks/reservation-head"),
      row: z.object({ ordinal: z.number() }),
    });
    return row?.ordinal ?? 0;
  }

  /** Those that want to hear of reservations and have room, with their places. */
  function listeners(): { record: WebhookRecord; place: Progress }[] {
    return webhooks.all().flatMap((record) => {
      const place = progress.get(record.webhookId);
      const isReady =
        record.isEnabled && wantsReservations(record) && queue.sizeOf(record.webhookId) < MOST_WAITING;
      return place === undefined || !isReady ? [] : [{ record, place }];
    });
  }

  async function changesAfter(ordinal: number) {
    const rows = await db.query({
      name: "webhooks/reservation-changes",
      sql: loadQuery("webhooks/reservation-changes"),
      params: { after: ordinal, most_rows: MOST_ROWS },
      row: changeSchema,
    });
    return rows.map((row) => ({ ordinal: row.ordinal, found: found(row) }));
  }

  function found(row: z.output<typeof changeSchema>): Found | null {
    const type = TYPES[row.kind];
    if (type === undefined || row.reservation === null) return null;
    const { reservation } = row;
    const isAtRisk = type === "hold.at_risk";
    const data = isAtRisk
      ? { reservation, atRisk: unitsAtRisk(reservation, deps.findAlternatives) }
      : { reservation };
    return { eventId: `change ${row.ordinal}`, type, at: row.decided_at, data, reservation };
  }

  async function endsBetween(afterMs: number, untilMs: number): Promise<Found[]> {
    const rows = await db.query({
      name: "webhooks/expired-holds",
      sql: loadQuery("webhooks/expired-holds"),
      params: { after_ms: afterMs, until_ms: untilMs },
      row: expiredSchema,
    });
    return rows.flatMap((row) => {
      if (row.reservation === null) return [];
      const reservation: Reservation = { ...row.reservation, status: "expired", isAtRisk: false };
      const eventId = `expired ${row.reservation_id} ${row.version}`;
      return [
        { eventId, type: "hold.expired" as const, at: row.ended_at, data: { reservation }, reservation },
      ];
    });
  }

  /** Durable first, then their places: a stop in between finds the same again, under the same ids. */
  async function tell(
    told: readonly { record: WebhookRecord; events: readonly Found[]; place: Progress }[],
  ): Promise<void> {
    await queue.accept(
      told.flatMap(({ record, events }) =>
        events
          .filter((event) => isWanted(record, event))
          .map((event) => newDelivery(record.webhookId, event)),
      ),
    );
    const places = new Map(told.map(({ record, place }) => [record.webhookId, place]));
    await store.saveProgress(places);
    for (const [webhookId, place] of places) progress.set(webhookId, place);
  }

  async function tellChanges(): Promise<void> {
    const all = listeners();
    const from = Math.min(...all.map(({ place }) => place.ordinal));
    if (all.length === 0 || (await head()) <= from) return;
    const changes = await changesAfter(from);
    const last = changes.at(-1)?.ordinal ?? from;
    const behind = all.filter(({ place }) => place.ordinal < last);
    await tell(
      behind.map(({ record, place }) => ({
        record,
        events: changes.flatMap(({ ordinal, found: one }) =>
          ordinal > place.ordinal && one !== null ? [one] : [],
        ),
        place: { ...place, ordinal: last },
      })),
    );
  }

  async function tellEnds(): Promise<void> {
    const all = listeners();
    const untilMs = deps.nowMs() - SETTLING_MS;
    const from = Math.min(...all.map(({ place }) => place.expiredUntilMs));
    if (all.length === 0 || untilMs <= from) return;
    const ends = await endsBetween(from, untilMs);
    // Without an end the place is only moved in memory: looking again after a restart finds nothing either.
    if (ends.length === 0) {
      for (const { record, place } of all) move(record.webhookId, { ...place, expiredUntilMs: untilMs });
      return;
    }
    await tell(
      all.map(({ record, place }) => ({
        record,
        events: ends.filter(({ at }) => Date.parse(at) > place.expiredUntilMs),
        place: { ...place, expiredUntilMs: Math.max(place.expiredUntilMs, untilMs) },
      })),
    );
  }

  function move(webhookId: string, place: Progress): void {
    const before = progress.get(webhookId);
    if (before !== undefined && before.expiredUntilMs < place.expiredUntilMs) progress.set(webhookId, place);
  }

  return {
    /** From now on: what was before is not told. */
    async follow(record: WebhookRecord): Promise<void> {
      const place = { ordinal: await head(), expiredUntilMs: deps.nowMs() };
      await store.saveProgress(new Map([[record.webhookId, place]]));
      progress.set(record.webhookId, place);
    },
    forget(webhookId: string): void {
      progress.delete(webhookId);
    },
    clear(): void {
      progress.clear();
    },
    async resume(): Promise<void> {
      progress = new Map([...(await store.progress()), ...progress]);
    },
    async tick(): Promise<void> {
      await tellChanges();
      await tellEnds();
    },
  };
}

function wantsReservations({ eventTypes }: WebhookRecord): boolean {
  const types: WebhookEventType[] = ["hold.expired", ...Object.values(TYPES)];
  return eventTypes.some((pattern) => types.some((type) => matchesEventType(pattern, type)));
}

function isWanted({ eventTypes, filter }: WebhookRecord, { type, reservation }: Found): boolean {
  if (!eventTypes.some((pattern) => matchesEventType(pattern, type))) return false;
  if (filter.channel !== undefined && filter.channel !== reservation.channel) return false;
  const { gtins, locations } = filter;
  return reservation.lines.some(
    (line) => (gtins?.includes(line.gtin) ?? true) && (locations?.includes(line.locationId) ?? true),
  );
}
