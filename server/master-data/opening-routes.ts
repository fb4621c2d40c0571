import { z } from "zod";
import { openingAnswerSchema } from "../../domain/api/opening-answers.ts";
import { idSchema } from "../../domain/identifiers.ts";
import type { Location } from "../../domain/location.ts";
import { parseOpeningHours } from "../../domain/opening-hours/parse-opening-hours.ts";
import { calendarOf, pickupReadyAt } from "../../domain/opening-hours/pickup-ready.ts";
import { dateOfDay } from "../../domain/time-zone/local-clock.ts";
import { defineRoute, type Route } from "../http/route.ts";
import { HttpProblem } from "../problems.ts";
import type { LocationStore } from "./location-store.ts";

const paramsSchema = z.object({ locationId: idSchema });
const querySchema = z.object({ days: z.coerce.number().int().min(1).max(62).default(7) });

const iso = (atMs: number | null): string | null => (atMs === null ? null : new Date(atMs).toISOString());

/** When a location is open, as it was understood. */
export function createOpeningRoutes(deps: { locations: LocationStore; nowMs(): number }): Route[] {
  return [
    defineRoute({
      method: "GET",
      path: "/v1/locations/:locationId/opening",
      tag: "Locations",
      summary: "When a location is open, by its own clock, and when an order placed now is ready for pickup",
      description:
        "Where nobody can say, `problem` says why: hours that are not understood are never guessed.",
      roles: ["storefront", "merchandiser", "admin"],
      isPublishable: true,
      params: paramsSchema,
      query: querySchema,
      answer: { schema: openingAnswerSchema, description: "The next days, today first" },
      problems: ["location_not_found"],
      async handle({ params, query }) {
        const location = await deps.locations.find(params.locationId);
        if (location === null) {
          throw new HttpProblem("location_not_found", `There is no location ${params.locationId}.`);
        }
        return { body: openingOf(location, deps.nowMs(), query.days) };
      },
    }),
  ];
}

function openingOf(location: Location, atMs: number, days: number): z.output<typeof openingAnswerSchema> {
  const { locationId, timeZone, pickup } = location;
  const asOf = new Date(atMs).toISOString();
  const calendar = calendarOf(location);
  if (calendar === null) {
    const unknown = { isOpen: null, opensAt: null, closesAt: null, readyAt: null, days: [] };
    return { asOf, locationId, timeZone, problem: problemOf(location), ...unknown };
  }
  const today = calendar.clock.read(atMs).day;
  const isOpen = calendar.isOpen(atMs);
  return {
    asOf,
    locationId,
    timeZone,
    problem: null,
    isOpen,
    opensAt: isOpen ? null : iso(calendar.nextOpening(atMs)),
    closesAt: iso(calendar.closesAt(atMs)),
    readyAt: pickup.isOffered ? iso(pickupReadyAt(calendar, pickup, atMs)) : null,
    days: Array.from({ length: days }, (_, ahead) => ({
      date: dateOfDay(today + ahead),
      spans: calendar.spansOn(today + ahead).map(({ fromMs, toMs }) => ({
        from: new Date(fromMs).toISOString(),
        to: new Date(toMs).toISOString(),
      })),
    })),
  };
}

function problemOf({ openingHours, timeZone }: Location): string {
  if (openingHours.trim() === "") return "The location has no opening hours.";
  const parsed = parseOpeningHours(openingHours);
  return parsed.ok ? `The time zone "${timeZone}" is not known.` : `"${openingHours}": ${parsed.detail}.`;
}
