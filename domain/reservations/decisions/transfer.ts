import { gtinFromNumber } from "../../gtin.ts";
import type { TransferCommand } from "../reservation-commands.ts";
import { isLiveStatus, openUnits, type ReservationRecord, statusAt } from "../reservation-record.ts";
import type { ReservationEvent } from "../reservation-event.ts";
import type { StockUnits } from "../sum-lines.ts";
import {
  changeEvent,
  type Decision,
  type DecisionContext,
  decisionMs,
  refuseRequest,
  refuseState,
  shortfallsOf,
} from "./decision.ts";
import { SALE_PENDING } from "./life.ts";

/**
 * Holds at another location what is still held: the old reservation ends as `transferred`, a new one takes its place in the
 * same step, with its status, its end and its creation (so that a chain of transfers does not outlive 4 hours). Checked at
 * the new location; refused whole when it is not there, and then the old one stays as it was.
 */
export function decideTransfer(
  context: DecisionContext,
  record: ReservationRecord,
  command: TransferCommand,
  reservationId: string,
): Decision {
  const atMs = decisionMs(context);
  const { told } = record;
  const status = statusAt(record, atMs);
  if (!isLiveStatus(status)) return refuseState(status, "It holds nothing that could be held elsewhere.");
  if (record.sale !== null) return refuseState(status, SALE_PENDING);
  if (record.lines.every((line) => line.locationId === command.toLocationId)) {
    return refuseRequest(`It is held at ${command.toLocationId} already.`);
  }
  const wanted = openUnitsAt(record, command.toLocationId);
  const own = ({ locationId, gtin }: StockUnits) =>
    record.lines.find((line) => line.locationId === locationId && line.gtin === gtin)?.counted ?? 0;
  const shortfalls = shortfallsOf(context, wanted, own);
  if (shortfalls.length > 0) {
    return { ok: false, refusal: { code: "insufficient_availability", shortfalls } };
  }
  const left = changeEvent(context, record, "transferred", {
    status: "transferred",
    expiresAt: null,
    transferredTo: reservationId,
    reason: command.reason ?? null,
  });
  const ordinal = left.ordinal + 1;
  const at = new Date(atMs).toISOString();
  const arrived: ReservationEvent = {
    ordinal,
    kind: "granted",
    atMs,
    grantedOrdinal: ordinal,
    sales: 0,
    sale: null,
    reservation: {
      ...told,
      reservationId,
      status,
      isAtRisk: false,
      changedAt: at,
      transferredFrom: told.reservationId,
      reason: null,
      lines: wanted.map(({ locationId, gtin, quantity }) => ({
        gtin: gtinFromNumber(gtin),
        locationId,
        requested: quantity,
        quantity,
        fulfilled: 0,
        atRisk: 0,
      })),
      version: 1,
    },
  };
  return { ok: true, events: [left, arrived] };
}

/** What is still to be handed over, as lines of one location: equal products of several locations become one line. */
function openUnitsAt(record: ReservationRecord, locationId: string): StockUnits[] {
  const byGtin = new Map<number, StockUnits>();
  for (const line of record.lines) {
    const units = openUnits(line);
    if (units === 0) continue;
    const known = byGtin.get(line.gtin);
    if (known === undefined) byGtin.set(line.gtin, { locationId, gtin: line.gtin, quantity: units });
    else known.quantity += units;
  }
  return [...byGtin.values()];
}
