import { randomUUID } from "node:crypto";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { z } from "zod";
import { reservationWishSchema } from "../../../domain/reservations/reservation.ts";
import { answerRequests } from "../harness/answer-requests.ts";

/**
 * The reference: a hold as one statement of PostgreSQL behind a Hono route. One round trip, prepared, its own transaction.
 * The condition and the change are one UPDATE, so that two holds of one product wait for each other; `fillfactor` leaves
 * room for the new version of a row on its page, so that no index has to be written (a HOT update).
 */
const SCHEMA = `
  CREATE TABLE stock (
    location_id text NOT NULL,
    gtin bigint NOT NULL,
    sellable integer NOT NULL,
    reserved integer NOT NULL DEFAULT 0,
    PRIMARY KEY (location_id, gtin)
  ) WITH (fillfactor = 50);
  CREATE TABLE holds (
    idempotency_key text PRIMARY KEY,
    reservation_id uuid NOT NULL,
    location_id text NOT NULL,
    gtin bigint NOT NULL,
    quantity integer NOT NULL,
    channel text NOT NULL,
    expires_at timestamptz NOT NULL
  )`;
const FILL = "INSERT INTO stock (location_id, gtin, sellable) SELECT $1, unnest($2::bigint[]), $3";
const HOLD = {
  name: "hold",
  text: `
    WITH held AS (
      UPDATE stock SET reserved = reserved + $3
      WHERE location_id = $1 AND gtin = $2 AND sellable - reserved >= $3
      RETURNING location_id, gtin
    )
    INSERT INTO holds (idempotency_key, reservation_id, location_id, gtin, quantity, channel, expires_at)
    SELECT $4, $5, location_id, gtin, $3, $6, $7 FROM held`,
};
const POOL = 10;

const listenSchema = z.object({
  host: z.string(),
  port: z.number(),
  user: z.string(),
  locationId: z.string(),
  gtins: z.array(z.string()),
  units: z.number(),
});

answerRequests({
  /** Whether pg, a development dependency, is there. */
  async isInstalled() {
    return await import("pg").then(
      () => true,
      () => false,
    );
  },
  async listen(params) {
    const { locationId, gtins, units, ...database } = listenSchema.parse(params);
    const { default: pg } = await import("pg");
    const pool = new pg.Pool({ ...database, database: "postgres", max: POOL, min: POOL });
    await pool.query(SCHEMA);
    await pool.query(FILL, [locationId, gtins, units]);
    await pool.query("ANALYZE");
    const app = new Hono();
    app.post("/v1/reservations", async (context) => {
      const wish = reservationWishSchema.parse(await context.req.json());
      const [line] = wish.lines;
      if (line === undefined) return context.json({}, 400);
      const reservationId = randomUUID();
      const expiresAt = new Date(Date.now() + wish.ttlSeconds * 1000).toISOString();
      const key = context.req.header("idempotency-key");
      const { locationId: at, gtin, quantity } = line;
      const values = [at, gtin, quantity, key, reservationId, wish.channel, expiresAt];
      const { rowCount } = await pool.query({ ...HOLD, values });
      if (rowCount === 0) return context.json({ code: "insufficient_availability" }, 409);
      return context.json({ reservationId, status: "held", expiresAt, lines: [line] }, 201);
    });
    return await new Promise<number>((resolve) => {
      serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => resolve(port));
    });
  },
});
