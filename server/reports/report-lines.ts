import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Database } from "../../sql/database.ts";
import { loadQuery } from "../../sql/load-query.ts";
import { createDataThrough } from "./data-through.ts";
import { tablesBehind } from "./tables-behind.ts";

/** Sales that happen all the time are in reports after this. */
const DEFAULT_MAX_AGE_MS = 15_000;
/** Copying takes at most a twentieth of the time. */
const AGE_PER_COPYING = 20;
/** A copy that is older than it should be by less than this is read all the same while the next is made: nobody waits. */
const WAIT_BEYOND_MS = 120_000;
const COPY_MAX_SECONDS = 600;
/** The remains of a copy that was broken off. */
const ABANDONED = /^report_lines_(\d+)_[0-9a-f]+$/;
const ABANDONED_AFTER_MS = 3_600_000;

const definitionSchema = z.object({ name: z.string(), definition: z.string() });

type Copy = { state: string; atMs: number; tookMs: number; dataThrough: string | null };

/**
 * Keeps `report_lines`, the copy of the view `sales_lines` that reports read. Whoever is about to read asks for a fresh one: it is made
 * anew when something that the view reads has changed since (told by the parts that ClickHouse stores), and the copy is older than
 * `maxAgeMs`, or 20 times as long as the last copying took (0: each time). One that is not much older is read while the next is made, unless there was nothing to copy. Lines are copied into a table beside it that then changes places with it, so
 * that whoever reads meanwhile sees the one or the other whole. Time is linear in lines: 0.3 to 1 s a million on two cores.
 */
export function createReportLines({
  db,
  maxAgeMs = DEFAULT_MAX_AGE_MS,
}: {
  db: Database;
  maxAgeMs?: number | undefined;
}) {
  const newest = createDataThrough({ db });
  let copy: Copy | null = null;
  let tables: string[] | null = null;
  let busy: Promise<Copy> | null = null;

  const longestAgeMs = (tookMs: number) =>
    maxAgeMs === 0 ? 0 : Math.max(maxAgeMs, AGE_PER_COPYING * tookMs);

  async function renew(): Promise<Copy> {
    const atMs = performance.now();
    const state = await storedState();
    if (copy?.state === state) {
      copy = { ...copy, atMs };
      return copy;
    }
    const dataThrough = await newest.recorded();
    await copyLines();
    copy = { state, atMs, tookMs: performance.now() - atMs, dataThrough };
    return copy;
  }

  async function storedState(): Promise<string> {
    const definitions =
      tables === null
        ? await db.query({
            name: "reports/view-definitions",
            sql: loadQuery("reports/view-definitions"),
            row: definitionSchema,
          })
        : [];
    if (tables === null) await dropAbandoned(definitions.map(({ name }) => name));
    tables ??= tablesBehind("sales_lines", definitions);
    const [row] = await db.query({
      name: "reports/stored-state",
      sql: loadQuery("reports/stored-state"),
      params: { tables },
      row: z.object({ state: z.string() }),
    });
    return row?.state ?? "";
  }

  /** Another server on the same ClickHouse may copy at the same time: each has a table of its own. */
  async function copyLines(): Promise<void> {
    const next = `report_lines_${Date.now()}_${randomBytes(4).toString("hex")}`;
    const run = (sql: string) =>
      db.command({ name: "reports/copy-lines", sql, maxSeconds: COPY_MAX_SECONDS });
    await run(`CREATE TABLE ${next} AS report_lines`);
    try {
      await run(`INSERT INTO ${next} SELECT * FROM sales_lines`);
      await run(`EXCHANGE TABLES ${next} AND report_lines`);
    } finally {
      await run(`DROP TABLE IF EXISTS ${next}`);
    }
  }

  async function dropAbandoned(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const madeAtMs = Number(ABANDONED.exec(name)?.[1] ?? Number.NaN);
      if (Date.now() - madeAtMs > ABANDONED_AFTER_MS)
        await db.command({ name: "reports/drop-abandoned", sql: `DROP TABLE IF EXISTS ${name}` });
    }
  }

  return {
    /**
     * Resolves when `report_lines` may be read; those who ask at the same time share one copying.
     * @returns `dataThrough`: the newest that was recorded of what reports are made of, when it was copied; null for nothing.
     */
    async fresh(): Promise<{ dataThrough: string | null }> {
      // A copy of nothing says of a past that has just been imported that it never was.
      const last = copy?.dataThrough === null ? null : copy;
      const ageMs = last === null ? Number.POSITIVE_INFINITY : performance.now() - last.atMs;
      if (last !== null && ageMs < longestAgeMs(last.tookMs)) return last;
      busy ??= renew().finally(() => {
        busy = null;
      });
      if (last === null || maxAgeMs === 0 || ageMs > longestAgeMs(last.tookMs) + WAIT_BEYOND_MS)
        return await busy;
      // Whoever asks then hears what went wrong.
      busy.catch(() => undefined);
      return last;
    },
  };
}
