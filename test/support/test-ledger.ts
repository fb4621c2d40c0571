import { gtinFromNumber } from "../../domain/gtin.ts";
import type { MessageBus } from "../../domain/message-bus.ts";
import type { Movement } from "../../domain/movement.ts";
import type { StockState } from "../../domain/stock-state.ts";
import type { Database } from "../../sql/database.ts";

export type TestLine = { gtin: number; quantity: number; state?: StockState };

// biome-ignore format: one line for each group of columns
const EVENT_COLUMNS = [
  "location_id", "ordinal", "event_id", "event_type", "source", "body_hash", "body", "occurred_at", "recorded_at",
  "movements.location_id", "movements.sequence", "movements.gtin", "movements.state", "movements.quantity",
  "movements.reason", "movements.epc", "movements.reservation_id", "movements.order_id",
];

/** Writes movements as ingest commits them: one row of `events`, then the message. Keeps each location's sequence. */
export function createTestLedger(deps: { db: Database; bus: MessageBus; root?: string }) {
  const root = deps.root ?? "onhand";
  const sequences = new Map<string, number>();
  let ordinal = 0;

  const ledger = {
    /** The last sequence of a location. */
    sequenceOf: (locationId: string) => sequences.get(locationId) ?? 0,

    /** The next movements of a location, neither stored nor told yet. */
    draft(locationId: string, lines: readonly TestLine[]): Movement[] {
      const first = ledger.sequenceOf(locationId) + 1;
      sequences.set(locationId, first + lines.length - 1);
      ordinal += 1;
      const at = new Date().toISOString();
      return lines.map((line, index): Movement => {
        const { gtin, quantity, state = "sellable" } = line;
        return {
          locationId,
          sequence: first + index,
          gtin: gtinFromNumber(gtin),
          state,
          quantity,
          reason: "adjusted",
          occurredAt: at,
          recordedAt: at,
          eventId: `e${ordinal}`,
          source: "stock/test",
        };
      });
    },

    /** Durable, and not told to anybody yet. */
    async store(locationId: string, lines: readonly TestLine[]): Promise<Movement[]> {
      const movements = ledger.draft(locationId, lines);
      const at = movements[0]?.recordedAt ?? "";
      await deps.db.insert({
        name: "test/events",
        table: "events",
        columns: EVENT_COLUMNS,
        rows: [
          // biome-ignore format: one line for each group of columns
          [
            locationId, ordinal, `e${ordinal}`, "adjustment", "stock/test", ordinal, "", at, at,
            movements.map(() => locationId), movements.map((one) => one.sequence),
            movements.map((one) => Number(one.gtin)), movements.map((one) => one.state),
            movements.map((one) => one.quantity), movements.map((one) => one.reason),
            movements.map(() => ""), movements.map(() => ""), movements.map(() => ""),
          ],
        ],
      });
      return movements;
    },

    tell: (locationId: string, movements: readonly Movement[]) =>
      deps.bus.publish(`${root}/${locationId}/movements`, JSON.stringify(movements)),

    /** Durable, then told. */
    async commit(locationId: string, lines: readonly TestLine[]): Promise<Movement[]> {
      const movements = await ledger.store(locationId, lines);
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
