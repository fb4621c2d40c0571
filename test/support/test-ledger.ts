import { gtinFromNumber } from "../../domain/gtin.ts";
import type { MessageBus } from "../../domain/message-bus.ts";
import type { Movement, MovementReason } from "../../domain/movement.ts";
import type { StockState } from "../../domain/stock-state.ts";
import type { Database } from "../../sql/database.ts";

export type TestLine = {
  gtin: number;
  quantity: number;
  state?: StockState;
  reason?: MovementReason;
  reservationId?: string;
};

/** When it happened, if not now; and what sort of event it was. */
export type TestEventOptions = { occurredAtMs?: number; eventType?: string; body?: string };

// biome-ignore format: one line for each group of columns
const EVENT_COLUMNS = [
  "location_id", "ordinal", "event_id", "event_type", "source", "body_hash", "body", "occurred_at", "recorded_at",
  "movements.location_id", "movements.sequence", "movements.gtin", "movements.state", "movements.quantity",
  "movements.reason", "movements.epc", "movements.reservation_id", "movements.order_id",
];

/** Writes movements as ingest commits them: one row of `events`, then the message. Keeps each location's sequence. */
export function createTestLedger(deps: {
  db: Database;
  bus: MessageBus;
  root?: string;
  /** Of the time of recording; the real one unless given. */
  nowMs?(): number;
}) {
  const root = deps.root ?? "onhand";
  const nowMs = deps.nowMs ?? Date.now;
  const sequences = new Map<string, number>();
  let ordinal = 0;

  const ledger = {
    /** The last sequence of a location. */
    sequenceOf: (locationId: string) => sequences.get(locationId) ?? 0,

    /** The next movements of a location, neither stored nor told yet. */
    draft(locationId: string, lines: readonly TestLine[], options: TestEventOptions = {}): Movement[] {
      const first = ledger.sequenceOf(locationId) + 1;
      sequences.set(locationId, first + lines.length - 1);
      ordinal += 1;
      const at = new Date(nowMs()).toISOString();
      const occurredAt =
        options.occurredAtMs === undefined ? at : new Date(options.occurredAtMs).toISOString();
      return lines.map((line, index): Movement => {
        const { gtin, quantity, state = "sellable", reason = "adjusted", reservationId } = line;
        return {
          locationId,
          sequence: first + index,
          gtin: gtinFromNumber(gtin),
          state,
          quantity,
          reason,
          occurredAt,
          recordedAt: at,
          ...(reservationId === undefined ? {} : { reservationId }),
          eventId: `e${ordinal}`,
          source: "stock/test",
        };
      });
    },

    /** Durable, and not told to anybody yet. */
    async store(
      locationId: string,
      lines: readonly TestLine[],
      options: TestEventOptions = {},
    ): Promise<Movement[]> {
      const movements = ledger.draft(locationId, lines, options);
      const { eventType = "adjustment", body = "", occurredAtMs = nowMs() } = options;
      const at = movements[0]?.recordedAt ?? new Date(nowMs()).toISOString();
      const occurredAt = movements[0]?.occurredAt ?? new Date(occurredAtMs).toISOString();
      await deps.db.insert({
        name: "test/events",
        table: "events",
        columns: EVENT_COLUMNS,
        rows: [
          // biome-ignore format: one line for each group of columns
          [
            locationId, ordinal, `e${ordinal}`, eventType, "stock/test", ordinal, body, occurredAt, at,
            movements.map(() => locationId), movements.map((one) => one.sequence),
            movements.map((one) => Number(one.gtin)), movements.map((one) => one.state),
            movements.map((one) => one.quantity), movements.map((one) => one.reason),
            movements.map(() => ""), movements.map((one) => one.reservationId ?? ""), movements.map(() => ""),
          ],
        ],
      });
      return movements;
    },

    tell: (locationId: string, movements: readonly Movement[]) =>
      deps.bus.publish(`${root}/${locationId}/movements`, JSON.stringify(movements)),

    /** Durable, then told. */
    async commit(
      locationId: string,
      lines: readonly TestLine[],
      options: TestEventOptions = {},
    ): Promise<Movement[]> {
      const movements = await ledger.store(locationId, lines, options);
      await ledger.tell(locationId, movements);
      return movements;
    },

    /** What ingest says every 5 s. */
    tellSequence: (locationId: string) =>
      deps.bus.publish(
        `${root}/${locationId}/sequence`,
        JSON.stringify({ locationId, sequence: ledger.sequenceOf(locationId), at: new Date().toISOString() }),
        { retain: true },
      ),
  };
  return ledger;
}
export type TestLedger = ReturnType<typeof createTestLedger>;
