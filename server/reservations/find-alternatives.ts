import type { Alternative } from "../../domain/reservations/reservation.ts";
import type { AvailabilityWish } from "../availability/availability-reader.ts";

/** What could not be held somewhere, and for whom. */
export type MissedUnits = { locationId: string; gtin: number; quantity: number };

/** Where else a missed line could be served from, best first. Answers at once: it is asked within a refusal. */
export type FindAlternatives = (missed: MissedUnits, wish: AvailabilityWish) => Alternative[];
