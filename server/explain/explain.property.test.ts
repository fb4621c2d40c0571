import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AvailabilityAnswer, AvailabilityItem } from "../../domain/availability/availability-item.ts";
import { sumOfTerms } from "../../domain/explain/explain-availability.ts";
import type { Explanation } from "../../domain/explain/explanation.ts";
import { gtinCheckDigit, gtinFromNumber } from "../../domain/gtin.ts";
import type { Database } from "../../sql/database.ts";
import { openTestDatabase, startTestServer, type TestServer } from "../../test/support/start-test-server.ts";

const CHANNELS = ["web", "store", "app"];
const MINUTE = 60_000;
const isLong = process.env["ONHAND_LONG"] === "1";
let db: Database;
let at: TestServer;
let runs = 0;

beforeAll(async () => {
  db = await openTestDatabase();
  at = await startTestServer({ db });
});
afterAll(async () => {
  await at?.stop();
  await db?.close();
});

const units = fc.integer({ min: 1, max: 6 });
const channel = fc.constantFrom(...CHANNELS);
const step = fc.oneof(
  fc.record({ kind: fc.constant("receive" as const), units }),
  fc.record({ kind: fc.constant("sell" as const), units }),
  fc.record({ kind: fc.constant("sell late" as const), units, minutes: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ kind: fc.constant("damage" as const), units }),
  fc.record({ kind: fc.constant("count" as const), units: fc.integer({ min: -3, max: 3 }) }),
  fc.record({
    kind: fc.constant("hold" as const),
    units,
    channel,
    seconds: fc.integer({ min: 1, max: 900 }),
  }),
  fc.record({ kind: fc.constant("confirm" as const), pick: fc.nat() }),
  fc.record({ kind: fc.constant("release" as const), pick: fc.nat() }),
  fc.record({ kind: fc.constant("hand over" as const), pick: fc.nat() }),
  fc.record({
    kind: fc.constant("rule" as const),
    units,
    channel,
    of: fc.constantFrom("safety_stock", "allocation", "cap"),
  }),
  fc.record({
    kind: fc.constant("no rule" as const),
    of: fc.constantFrom("safety_stock", "allocation", "cap"),
  }),
  fc.record({ kind: fc.constant("wait" as const), seconds: fc.integer({ min: 1, max: 1_000 }) }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;
type Given = { atMs: number; channel: string; item: AvailabilityItem };
type Line = { occurredAtMs: number; quantity: number; state: "sellable" | "damaged" };

/** A product of its own for each history, so that rules of one say nothing of another. */
function productOf(run: number): number {
  const digits = 400_638_100_000 + run;
  return digits * 10 + gtinCheckDigit(digits);
}

/** Lives through a history at a location of its own. @returns the answers that were given on the way, and the ledger's lines. */
async function live(
  steps: readonly Step[],
): Promise<{ location: string; gtin: string; given: Given[]; lines: Line[] }> {
  runs += 1;
  const location = `P${runs}`;
  const product = productOf(runs);
  const gtin = gtinFromNumber(product);
  const given: Given[] = [];
  const lines: Line[] = [];
  const holds: string[] = [];
  let hasAllocation = false;
  const now = () => Date.now() + at.clock.aheadMs;
  const ask = async (method: string, path: string, statuses: number[], body?: unknown) => {
    const response = await at.request(method, path, {
      as: "admin",
      headers: { "idempotency-key": `${location}-${given.length}` },
      ...(body === undefined ? {} : { body }),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    if (!statuses.includes(response.status)) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const move = async (
    quantity: number,
    reason: "received" | "sold" | "damaged" | "counted",
    more: { occurredAtMs?: number; reservationId?: string; state?: "damaged" } = {},
  ) => {
    const { occurredAtMs = now(), state, reservationId } = more;
    lines.push({ occurredAtMs, quantity, state: state ?? "sellable" });
    const line = { gtin: product, quantity, reason, ...(state === undefined ? {} : { state }) };
    await at.ledger.commit(
      location,
      [{ ...line, ...(reservationId === undefined ? {} : { reservationId }) }],
      { occurredAtMs },
    );
  };

  async function take(one: Step): Promise<void> {
    const hold = "pick" in one ? holds[one.pick % Math.max(1, holds.length)] : undefined;
    switch (one.kind) {
      case "receive":
        return await move(one.units, "received");
      case "sell":
        return await move(-one.units, "sold");
      case "sell late":
        return await move(-one.units, "sold", { occurredAtMs: now() - one.minutes * MINUTE });
      case "damage":
        return await move(one.units, "damaged", { state: "damaged" });
      case "count":
        return one.units === 0 ? undefined : await move(one.units, "counted");
      case "hold": {
        const { reservationId } = await ask("POST", "/v1/reservations", [201, 409], {
          lines: [{ gtin, quantity: one.units, locationId: location }],
          ttlSeconds: one.seconds,
          channel: one.channel,
        });
        if (typeof reservationId === "string") holds.push(reservationId);
        return;
      }
      case "confirm":
      case "release":
        if (hold !== undefined) await ask("POST", `/v1/reservations/${hold}/${one.kind}`, [200, 409], {});
        return;
      case "hand over":
        if (hold !== undefined) await move(-1, "sold", { reservationId: hold });
        return;
      case "rule":
        hasAllocation ||= one.of === "allocation";
        await ask("PUT", `/v1/rules/${location}-${one.of}`, [200], {
          kind: one.of,
          quantity: one.units,
          scope: { gtin, channel: one.channel },
        });
        return;
      case "no rule":
        await ask("DELETE", `/v1/rules/${location}-${one.of}`, [200, 404]);
        return;
      case "wait":
        at.clock.aheadMs += one.seconds * 1000;
        return;
      default:
        return one satisfies never;
    }
  }

  for (const one of steps) {
    await take(one);
    at.clock.aheadMs += 20;
    // Memory learns within a second of sales that use an allocation; an explanation of now waits for it.
    for (const asked of hasAllocation ? CHANNELS : []) await explain(location, gtin, `channel=${asked}`);
    for (const asked of CHANNELS) {
      const answer = await at.ask<AvailabilityAnswer>(
        "GET",
        `/v1/availability?gtin=${gtin}&location=${location}&channel=${asked}`,
        200,
        { as: "admin" },
      );
      const [item] = answer.items;
      if (item !== undefined) given.push({ atMs: Date.parse(answer.asOf), channel: asked, item });
    }
    at.clock.aheadMs += 20;
  }
  return { location, gtin, given, lines };
}

const explain = (location: string, gtin: string, query: string) =>
  at.ask<Explanation>("GET", `/v1/availability/explain?gtin=${gtin}&location=${location}&${query}`, 200, {
    as: "admin",
  });

test(
  "of any past instant an explanation comes to what was answered then, and to what is known of then by now",
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 12, maxLength: 24 }),
        fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
        async (steps, picks) => {
          const { location, gtin, given, lines } = await live([
            { kind: "receive", units: 6 },
            { kind: "receive", units: 6 },
            ...steps,
          ]);
          for (const pick of picks) {
            const one = given[pick % given.length];
            if (one === undefined) continue;
            const instant = encodeURIComponent(new Date(one.atMs).toISOString());
            const told = await explain(location, gtin, `channel=${one.channel}&at=${instant}&steps=1000`);
            const { available, isCapped, onHand, sellable, reserved, safetyStock, allocated, reasonCode } =
              one.item;
            // A shop that is shown a cap is not shown the rest.
            const hasCap = told.rules.some((rule) => rule.kind === "cap");
            expect(told.answer).toMatchObject(
              hasCap
                ? { available, isCapped }
                : { available, isCapped, onHand, sellable, reserved, safetyStock, allocated, reasonCode },
            );
            expect(sumOfTerms(told)).toBe(available);
            const known = await explain(location, gtin, `at=${instant}&eventTime=true&steps=5`);
            const then = lines.filter((line) => line.occurredAtMs <= one.atMs);
            expect(known.answer.onHand).toBe(then.reduce((sum, line) => sum + line.quantity, 0));
          }
        },
      ),
      { numRuns: isLong ? 100 : 2 },
    );
  },
  isLong ? 3_600_000 : 60_000,
);
