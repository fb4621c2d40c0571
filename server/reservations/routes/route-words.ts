import { z } from "zod";

export const TAG = "Reservations";
/** Who may hold and change. */
export const HOLDERS = ["storefront", "admin"] as const;
export const READERS = ["storefront", "merchandiser", "admin"] as const;

export const paramsSchema = z.object({ reservationId: z.string().min(1).max(100) });

/** Problems of every change of one reservation. */
export const CHANGE_PROBLEMS = [
  "reservation_not_found",
  "reservation_state",
  "idempotency_key_reused",
  "not_ready",
  "not_the_writer",
  "reservations_busy",
  "outcome_unknown",
] as const;
