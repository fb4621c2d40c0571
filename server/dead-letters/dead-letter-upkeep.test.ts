import { pino } from "pino";
import { Registry } from "prom-client";
import { expect, test } from "vitest";
import { z } from "zod";
import { openTestDatabase } from "../../test/support/start-test-server.ts";
import { untilAsync } from "../../test/support/until.ts";
import { createDeadLetterStore } from "./dead-letter-store.ts";
import { createDeadLetterUpkeep } from "./dead-letter-upkeep.ts";

const DAY_MS = 24 * 3_600_000;
const now = Date.now();

test("open letters are counted and never deleted; settled ones go 30 days after, unless they came again", async () => {
  const db = await openTestDatabase();
  const letters = [
    { id: "old-open", daysAgo: 400 },
    { id: "discarded-long-ago", daysAgo: 90 },
    { id: "replayed-long-ago", daysAgo: 90 },
    { id: "replayed-and-came-again", daysAgo: 90 },
    { id: "replayed-and-came-again", daysAgo: 1 },
    { id: "discarded-lately", daysAgo: 90 },
  ];
  await db.insert({
    name: "test/letters",
    table: "dead_letters",
    columns: [
      "dead_letter_id",
      "received_at",
      "topic",
      "location_id",
      "source_id",
      "code",
      "detail",
      "payload",
    ],
    rows: letters.map(({ id, daysAgo }) => {
      const at = new Date(now - daysAgo * DAY_MS).toISOString();
      return [id, at, "onhand/S01/rfid/r1", "S01", "r1", "message_not_json", "why", "AAEC"];
    }),
  });
  const settle = async (daysAgo: number, state: "replayed" | "discarded", ids: readonly string[]) => {
    const store = createDeadLetterStore({ db, nowMs: () => now - daysAgo * DAY_MS });
    const action = state === "replayed" ? "replay" : "discard";
    const step = { by: "me", action, status: null, code: "", detail: "", jobId: null } as const;
    await store.record(ids.map((deadLetterId) => ({ deadLetterId, state, step })));
  };
  await settle(60, "discarded", ["discarded-long-ago"]);
  await settle(60, "replayed", ["replayed-long-ago", "replayed-and-came-again"]);
  await settle(2, "discarded", ["discarded-lately"]);
  const registry = new Registry();
  const upkeep = createDeadLetterUpkeep({
    db,
    registry,
    keepMs: 30 * DAY_MS,
    nowMs: () => now,
    logger: pino({ level: "silent" }),
  });
  await upkeep.countOpen();
  expect(await registry.metrics()).toContain("onhand_dead_letters_open 2");
  await upkeep.forgetResolved();
  const left = async () => {
    const rows = await db.query({
      name: "test/left",
      sql: "SELECT DISTINCT dead_letter_id AS id FROM dead_letters ORDER BY id",
      row: z.object({ id: z.string() }),
    });
    return rows.map(({ id }) => id);
  };
  await untilAsync("the settled ones are gone", async () => (await left()).length === 3);
  expect(await left()).toEqual(["discarded-lately", "old-open", "replayed-and-came-again"]);
  await db.close();
});
