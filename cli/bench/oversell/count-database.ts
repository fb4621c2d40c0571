import { z } from "zod";
import { gtinFromNumber } from "../../../domain/gtin.ts";
import { loadQuery } from "../../../sql/load-query.ts";
import type { Database } from "../../../sql/database.ts";

const MAX_SECONDS = 300;

/** What ClickHouse says, in plain SQL over `reservation_events` and `movements`. Units by GTIN-14. */
export type DatabaseCount = {
  peakByGtin: Map<string, number>;
  putInByGtin: Map<string, number>;
  handedOver: number;
  heldAtEnd: number;
  onHand: number;
  /** Idempotency keys with more than one reservation. */
  doubled: number;
  grantedIds: Set<string>;
  keptIds: Set<string>;
};

/** `keyPrefix`: of the run's idempotency keys. `atMs`: the instant that counts as the end. */
export async function countDatabase(
  db: Database,
  run: { locationId: string; keyPrefix: string; atMs: number },
): Promise<DatabaseCount> {
  const { locationId: location_id, keyPrefix: key_prefix } = run;
  const ask = <Row>(name: string, params: Record<string, unknown>, row: z.ZodType<Row>): Promise<Row[]> =>
    db.query({
      name: `bench/${name}`,
      sql: loadQuery(`bench/${name}`),
      params,
      row,
      maxSeconds: MAX_SECONDS,
    });

  const peaks = await ask(
    "oversell-peaks",
    { location_id, at: new Date(run.atMs).toISOString().replace("Z", "") },
    z.object({ gtin: z.number(), peak: z.number(), held_at_end: z.number() }),
  );
  const units = await ask(
    "oversell-units",
    { location_id },
    z.object({ gtin: z.number(), put_in: z.number(), handed_over: z.number(), on_hand: z.number() }),
  );
  const doubles = await ask("oversell-doubles", { key_prefix }, z.object({ doubled: z.number() }));
  const grantedIds = new Set<string>();
  const keptIds = new Set<string>();
  const chunks = db.stream({
    name: "bench/oversell-reservations",
    sql: loadQuery("bench/oversell-reservations"),
    params: { location_id },
    row: z.object({ reservation_id: z.string(), is_confirmed: z.coerce.boolean() }),
    maxSeconds: MAX_SECONDS,
  });
  for await (const rows of chunks) {
    for (const { reservation_id, is_confirmed } of rows) {
      grantedIds.add(reservation_id);
      if (is_confirmed) keptIds.add(reservation_id);
    }
  }
  const sum = <Row>(rows: readonly Row[], of: (row: Row) => number): number =>
    rows.reduce((total, row) => total + of(row), 0);
  return {
    peakByGtin: new Map(peaks.map(({ gtin, peak }) => [gtinFromNumber(gtin), peak])),
    putInByGtin: new Map(units.map(({ gtin, put_in }) => [gtinFromNumber(gtin), put_in])),
    handedOver: sum(units, (row) => row.handed_over),
    heldAtEnd: sum(peaks, (row) => row.held_at_end),
    onHand: sum(units, (row) => row.on_hand),
    doubled: sum(doubles, (row) => row.doubled),
    grantedIds,
    keptIds,
  };
}
