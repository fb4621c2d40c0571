import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AvailabilityAnswer } from "../../domain/availability/availability-item.ts";
import { gtinFromNumber } from "../../domain/gtin.ts";
import type { Reservation } from "../../domain/reservations/reservation.ts";
import type { Database } from "../../sql/database.ts";
import { printedSeed } from "../support/random-draws.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../support/start-test-server.ts";
import { createTestLedger, type TestLedger } from "../support/test-ledger.ts";
import { NaiveReservations } from "./naive-reservations.ts";
import { type CommandStep, GTINS, historyArbitrary, LOCATIONS, type Sender, type Step } from "./steps.ts";

const HISTORIES = process.env["ONHAND_LONG"] === "1" ? 200 : 20;
const ROLES = { web: "storefront", app: "admin" } as const;

let db: Database;
let at: TestServer;
let ledger: TestLedger;
/** Stands still between steps, so that every instant is known to the millisecond. */
const clock = { ms: Math.floor(Date.now() / 1000) * 1000 };

async function start(): Promise<void> {
  const tokens = at === undefined ? {} : { tokens: at.tokens };
  at = await startTestServer({ db, ...tokens, deps: { nowMs: () => clock.ms } });
}

beforeAll(async () => {
  db = await openTestDatabase();
  await start();
  const bus = { publish: (...sent: Parameters<TestServer["bus"]["publish"]>) => at.bus.publish(...sent) };
  ledger = createTestLedger({ db, bus: bus as TestServer["bus"], nowMs: () => clock.ms });
});
afterAll(async () => {
  await at.stop();
  await db.close();
});

/** One history against the whole server, over its own routes, with locations and keys of its own. */
async function runOnServer(steps: readonly Step[], name: string): Promise<void> {
  const naive = new NaiveReservations(clock.ms);
  const placeOf = (locationId: string): string => `${name}-${locationId}`;
  /** The server's ids by ours, in the order in which they were asked for. */
  const asked: string[] = [];
  const idOf = new Map<string, string>();
  const known = new Map<string, { text: string; status: number; body: string }>();
  let unkeyed = 0;

  async function send(command: CommandStep, sender: Sender): Promise<void> {
    const id = `r${asked.length}`;
    const on = "on" in command ? (asked[command.on % Math.max(1, asked.length)] ?? "none") : "";
    if (command.kind === "hold" || command.kind === "transfer") asked.push(id);
    unkeyed += 1;
    const key = `${name}-${sender.key ?? `once-${unkeyed}`}`;
    const path = pathOf(command, idOf.get(on) ?? "none");
    const body = bodyOf(command, placeOf);
    const response = await at.request("POST", path, {
      as: ROLES[sender.caller as keyof typeof ROLES],
      body,
      headers: { "idempotency-key": key },
    });
    const text = await response.text();
    if (on !== "" && !naive.all.has(on)) return expect(response.status).toBe(404);
    const first = known.get(`${sender.caller} ${key}`);
    const said = `${path} ${JSON.stringify(body)}`;
    if (first?.text === said) return expect([response.status, text]).toEqual([first.status, first.body]);
    if (first !== undefined) return expect(response.status).toBe(422);
    const expected = naive.run(command, id, on);
    const isNew = command.kind === "hold" || command.kind === "transfer";
    const status = expected.status === 200 && isNew ? 201 : expected.status;
    expect(response.status, `${said}: ${text}`).toBe(status);
    // What can never be right is not kept.
    if (status !== 400) known.set(`${sender.caller} ${key}`, { text: said, status, body: text });
    if (isNew && status === 201) idOf.set(id, (JSON.parse(text) as Reservation).reservationId);
    if (!("shortfalls" in expected)) return;
    const problem = JSON.parse(text) as { lines: { requested: number; available: number }[] };
    expect(problem.lines.map((line) => [line.requested, line.available])).toEqual(
      expected.shortfalls.map((line) => [line.requested, line.available]),
    );
  }

  async function move(locationId: string, gtin: number, quantity: number, on: string): Promise<void> {
    const reservationId = idOf.get(on);
    naive.move({ locationId, gtin }, quantity, reservationId === undefined ? "" : on);
    const line = { gtin, quantity, ...(reservationId === undefined ? {} : { reservationId }) };
    await ledger.commit(placeOf(locationId), [line]);
  }

  async function run(step: Step): Promise<void> {
    if (step.kind === "command" && step.command.kind !== "fulfil")
      return await send(step.command, step.sender);
    if (step.kind === "receive") return await move(step.stock.locationId, step.stock.gtin, step.units, "");
    if (step.kind === "sell") {
      const on = step.on === null ? "" : (asked[step.on % Math.max(1, asked.length)] ?? "");
      return await move(step.stock.locationId, step.stock.gtin, -step.units, on);
    }
    if (step.kind === "wait") {
      clock.ms += step.ms;
      naive.nowMs = clock.ms;
    }
    if (step.kind === "crash") {
      await at.stop();
      await start();
    }
  }

  async function compare(): Promise<void> {
    const locations = LOCATIONS.map(placeOf);
    const { items } = await at.ask<AvailabilityAnswer>("POST", "/v1/availability/query", 200, {
      as: "admin",
      body: { gtins: GTINS.map(gtinFromNumber), locations },
    });
    const expected = GTINS.flatMap((gtin) =>
      LOCATIONS.map((locationId) => [
        naive.held({ locationId, gtin }),
        naive.available({ locationId, gtin }),
      ]),
    );
    expect(items.map((item) => [item.reserved, item.available])).toEqual(expected);
    for (const [ours, theirs] of idOf) {
      const reservation = naive.all.get(ours);
      if (reservation === undefined) throw new Error(`there is no ${ours}`);
      const real = await at.ask<Reservation>("GET", `/v1/reservations/${theirs}`, 200, { as: "admin" });
      const view = naive.view(reservation);
      expect(real.status).toBe(view.status);
      expect(real.lines.map((line) => [line.quantity, line.fulfilled, line.atRisk])).toEqual(
        view.lines.map((line, index) => [line.quantity, line.fulfilled, naive.atRisk(reservation)[index]]),
      );
    }
  }

  for (const step of steps) {
    await run(step);
    if (step.kind !== "hear" && step.kind !== "commit") await compare();
  }
}

function pathOf(command: CommandStep, reservationId: string): string {
  return command.kind === "hold" ? "/v1/reservations" : `/v1/reservations/${reservationId}/${command.kind}`;
}

function bodyOf(command: CommandStep, placeOf: (locationId: string) => string): object {
  const after = (ms: number): string => new Date(clock.ms + ms).toISOString();
  switch (command.kind) {
    case "hold": {
      const { ttlSeconds, partial } = command;
      const lines = command.lines.map(({ locationId, gtin, quantity }) => ({
        locationId: placeOf(locationId),
        gtin: gtinFromNumber(gtin),
        quantity,
      }));
      return { lines, ttlSeconds, partial, channel: "web" };
    }
    case "confirm":
      return { holdUntil: after(command.holdMs) };
    case "extend":
      return { ttlSeconds: command.ttlSeconds, holdUntil: after(command.holdMs) };
    case "transfer":
      return { toLocationId: placeOf(command.to) };
    case "release":
    case "pick":
    case "short":
    case "fulfil":
      return {};
    default:
      return command satisfies never;
  }
}

test(`the server agrees with the naive rules after every step of ${HISTORIES} histories, restarts among them`, async () => {
  const seed = printedSeed(`${HISTORIES} histories on a server`);
  const histories = fc.sample(historyArbitrary, { numRuns: HISTORIES, seed });
  let steps = 0;
  for (const [index, history] of histories.entries()) {
    await runOnServer(history, `h${index}`).catch((error: unknown) => {
      throw new Error(`history ${index} of seed ${seed}: ${JSON.stringify(history)}`, { cause: error });
    });
    steps += history.length;
  }
  expect(steps).toBeGreaterThan(HISTORIES * 10);
});
