import { MAX_TTL_SECONDS } from "../reservation.ts";
import type { ConfirmCommand, ExtendCommand, ReleaseCommand } from "../reservation-commands.ts";
import { isLiveStatus, openUnits, type ReservationRecord, statusAt } from "../reservation-record.ts";
import {
  changeEvent,
  type Decision,
  type DecisionContext,
  decisionMs,
  refuseRequest,
  refuseState,
  shortfallsOf,
} from "./decision.ts";

/** No confirmed hold lives longer than this from the moment in which it was set: goods must not be kept for nobody. */
export const MAX_HOLD_DAYS = 90;
const DAY_MS = 86_400_000;

/** `held` → `confirmed`: the order stands, and the goods are kept until `holdUntil`, else for `defaultHoldMs`. */
export function decideConfirm(
  context: DecisionContext,
  record: ReservationRecord,
  command: ConfirmCommand,
  defaultHoldMs: number,
): Decision {
  const atMs = decisionMs(context);
  const status = statusAt(record, atMs);
  if (status !== "held") return refuseState(status, "Only what is held can be confirmed.");
  const until = holdUntil(command.holdUntil, atMs, defaultHoldMs);
  if (until === null) return refuseRequest(badHoldUntil);
  const orderId = command.orderId ?? record.told.orderId;
  const changes = { status: "confirmed", orderId, expiresAt: null, holdUntil: until } as const;
  return { ok: true, events: [changeEvent(context, record, "confirmed", changes)] };
}

const badHoldUntil = `holdUntil has to be in the future, at most ${MAX_HOLD_DAYS} days from now.`;

/**
 * Sets a new end. What is held lives `ttlSeconds` from now, but never longer than 4 h after its creation; what is confirmed
 * or picked until `holdUntil`. What has lapsed is a new request: it is checked against what is available now, takes its place
 * behind all others, or is refused; it is never revived as if nothing had been.
 */
export function decideExtend(
  context: DecisionContext,
  record: ReservationRecord,
  command: ExtendCommand,
  defaults: { ttlSeconds: number; holdMs: number },
): Decision {
  const atMs = decisionMs(context);
  const { told } = record;
  const status = statusAt(record, atMs);
  const hasLapsed = status === "expired" && isLiveStatus(told.status);
  if (!isLiveStatus(status) && !hasLapsed) return refuseState(status, "It has ended and cannot be extended.");
  const end =
    told.status === "held"
      ? { expiresAt: newExpiry(record, atMs, command.ttlSeconds ?? defaults.ttlSeconds) }
      : { holdUntil: holdUntil(command.holdUntil, atMs, defaults.holdMs) };
  if (end.expiresAt === null)
    return refuseState(status, "No hold lives longer than 4 hours from its creation.");
  if (end.holdUntil === null) return refuseRequest(badHoldUntil);
  if (!hasLapsed) return { ok: true, events: [changeEvent(context, record, "extended", end)] };
  const wanted = record.lines.map((line) => ({
    locationId: line.locationId,
    gtin: line.gtin,
    quantity: openUnits(line),
  }));
  const shortfalls = shortfallsOf(context, wanted);
  if (shortfalls.length > 0) {
    return { ok: false, refusal: { code: "insufficient_availability", shortfalls } };
  }
  const grantedOrdinal = context.book.lastOrdinal + 1;
  const changes = { ...end, status: told.status };
  return { ok: true, events: [changeEvent(context, record, "regranted", changes, { grantedOrdinal })] };
}

/** The new end of what is held, null when it has lived its 4 hours. */
function newExpiry(record: ReservationRecord, atMs: number, ttlSeconds: number): string | null {
  const latestMs = Date.parse(record.told.createdAt) + MAX_TTL_SECONDS * 1000;
  if (latestMs <= atMs) return null;
  return new Date(Math.min(latestMs, atMs + ttlSeconds * 1000)).toISOString();
}

function holdUntil(wished: string | undefined, atMs: number, defaultMs: number): string | null {
  const untilMs = wished === undefined ? atMs + defaultMs : Date.parse(wished);
  if (untilMs <= atMs || untilMs > atMs + MAX_HOLD_DAYS * DAY_MS) return null;
  return new Date(untilMs).toISOString();
}

/** The goods go back to what is available. */
export function decideRelease(
  context: DecisionContext,
  record: ReservationRecord,
  command: ReleaseCommand,
): Decision {
  const status = statusAt(record, decisionMs(context));
  if (!isLiveStatus(status)) return refuseState(status, "It holds nothing any more.");
  if (record.sale !== null) return refuseState(status, SALE_PENDING);
  const changes = { status: "released", expiresAt: null, reason: command.reason ?? null } as const;
  return { ok: true, events: [changeEvent(context, record, "released", changes)] };
}

/** Its goods are leaving: what becomes of the sale has to be known first. */
export const SALE_PENDING =
  "A sale of it is on its way to the ledger, and nobody knows yet whether it was taken: fulfil it again first.";
