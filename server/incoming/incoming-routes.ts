import { z } from "zod";
import { incomingAnswerSchema, scheduleAnswerSchema } from "../../domain/api/incoming-answers.ts";
import type { IncomingBook } from "../../domain/availability/incoming-book.ts";
import { planDays } from "../../domain/availability/time-phased.ts";
import { channelSchema } from "../../domain/channel.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import { idSchema } from "../../domain/identifiers.ts";
import { STOCK_STATES } from "../../domain/stock-state.ts";
import { dateOfDay } from "../../domain/time-zone/local-clock.ts";
import { toNumbers } from "../availability/availability-routes.ts";
import { defineRoute, type Route } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import type { IncomingDeps } from "./create-incoming.ts";

const SELLABLE = STOCK_STATES.indexOf("sellable");
const MAX_ITEMS = 1_000;
const gtinSchema = z.string().max(20);

const SCHEDULE_EXAMPLE = {
  asOf: "2026-06-01T08:00:00.000Z",
  gtin: "04006381333931",
  locationId: "S01",
  channel: "web",
  timeZone: "Europe/Berlin",
  sellable: 5,
  reserved: 2,
  days: [
    { date: "2026-06-01", supply: 0, demand: 2, onHand: 3, withheld: 1, available: 2 },
    { date: "2026-06-02", supply: 10, demand: 0, onHand: 13, withheld: 1, available: 12 },
  ],
};

const incomingQuerySchema = z.object({
  location: idSchema.optional(),
  gtin: gtinSchema.optional(),
});
const scheduleQuerySchema = z.object({
  gtin: gtinSchema,
  location: idSchema,
  channel: channelSchema.optional(),
  days: z.coerce.number().int().min(1).max(180).default(30),
});

export function createIncomingRoutes(deps: IncomingDeps & { book: IncomingBook }): Route[] {
  const { book, projection, nowMs } = deps;
  const gtinOf = (text: string): number => toNumbers([text])[0] ?? 0;

  function list(query: z.output<typeof incomingQuerySchema>) {
    const atMs = nowMs();
    const gtin = query.gtin === undefined ? null : gtinOf(query.gtin);
    const found = book
      .open(atMs)
      .filter((supply) => query.location === undefined || supply.locationId === query.location)
      .filter((supply) => gtin === null || supply.gtin === gtin)
      .sort((a, b) => a.expectedAtMs - b.expectedAtMs);
    const items = found.slice(0, MAX_ITEMS).map((supply) => ({
      locationId: supply.locationId,
      gtin: gtinFromNumber(supply.gtin),
      kind: supply.kind,
      reference: supply.reference,
      from: supply.from,
      expectedAt: new Date(supply.expectedAtMs).toISOString(),
      countsUntil: new Date(book.endsMs(supply)).toISOString(),
      isLate: supply.expectedAtMs < atMs,
      announced: supply.total,
      arrived: supply.arrived,
      quantity: supply.total - supply.arrived,
    }));
    return { asOf: new Date(atMs).toISOString(), total: found.length, items };
  }

  function schedule(query: z.output<typeof scheduleQuerySchema>) {
    if (!projection.isLoaded()) {
      throw new HttpProblem("not_ready", "Positions are being loaded.", {}, { "retry-after": "2" });
    }
    const { location: locationId, channel = "" } = query;
    const atMs = nowMs();
    const gtin = gtinOf(query.gtin);
    const clock = deps.clockOf(locationId);
    const today = clock.read(atMs).day;
    const table = projection.table();
    const row = table.find(locationId, gtin);
    const sellable = row < 0 ? 0 : table.quantityAt(row, SELLABLE);
    const reserved = deps.reserved.unitsAt(locationId, gtin, atMs);
    const supply = book.incoming(locationId, gtin, atMs).map((one) => ({
      day: clock.read(one.expectedAtMs).day - today,
      quantity: one.total - one.arrived,
    }));
    const plans = planDays({
      onHand: sellable,
      supply,
      demand: [{ day: 0, quantity: reserved }],
      horizonDays: query.days,
    });
    const days = plans.map((plan) => {
      const fromMs = plan.day === 0 ? atMs : clock.toUnixMs(today + plan.day, 0);
      const { safetyStock, allocated } = deps.rules.effectOn(locationId, gtin, channel, fromMs);
      const withheld = safetyStock + allocated;
      return {
        date: dateOfDay(today + plan.day),
        supply: plan.supply,
        demand: plan.demand,
        onHand: plan.projected,
        withheld,
        available: Math.max(0, plan.availableToPromise - withheld),
      };
    });
    return {
      asOf: new Date(atMs).toISOString(),
      gtin: gtinFromNumber(gtin),
      locationId,
      channel,
      timeZone: clock.timeZone,
      sellable,
      reserved,
      days,
    };
  }

  return [
    defineRoute({
      method: "GET",
      path: "/v1/incoming",
      tag: "Availability",
      summary: "What is to come, of expected receipts and of transfers on their way",
      description: "What is late by more than the grace is not among it: it counts nowhere.",
      roles: ["merchandiser", "admin"],
      query: incomingQuerySchema,
      answer: { schema: incomingAnswerSchema, description: "The earliest first" },
      problems: ["invalid_gtin"],
      handle: ({ query }) => ({ body: list(query) }),
    }),
    defineRoute({
      method: "GET",
      path: "/v1/availability/schedule",
      tag: "Availability",
      summary: "What can be promised of a product at a location, day by day",
      description:
        "30 days unless `days` says so, at most 180, by the location's own clock. Live reservations count at once, supply on the " +
        "day for which it is expected; what is late and within its grace counts today.",
      roles: ["storefront", "merchandiser", "admin"],
      query: scheduleQuerySchema,
      answer: { schema: scheduleAnswerSchema, description: "Today first" },
      examples: { answer: SCHEDULE_EXAMPLE },
      problems: ["invalid_gtin", "not_ready"],
      handle: ({ query }) => ({ body: schedule(query) }),
    }),
  ];
}
