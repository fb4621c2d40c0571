import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { migratedDirectory } from "../../test/support/migrated-directory.ts";
import { temporaryDirectory } from "../../test/support/temporary-directory.ts";
import { until } from "../../test/support/until.ts";
import { openDatabase } from "../client.ts";
import type { Database } from "../database.ts";
import { createWriteGate } from "../write-gate.ts";
import { formatFileList, parseFileList, sha256Of } from "./backup-files.ts";
import { freezeTables, releaseAllFrozen } from "./freeze-tables.ts";
import { ledgerTotals } from "./ledger-totals.ts";
import { restoreBackup } from "./restore-backup.ts";
import { writeBackup } from "./write-backup.ts";

const data = migratedDirectory("backup");
const folder = temporaryDirectory("backups");
const backup = join(folder, "backup");
const engineFolder = join(data, "clickhouse");
/** Rows that are written one by one while the tables are frozen: the second table is always written after the first. */
let written = 0;

async function writePair(db: Database, count: number): Promise<void> {
  const at = new Date().toISOString();
  const rows = [[at, "test", "pair", String(count), "{}"]];
  const columns = ["at", "actor", "action", "subject", "detail"];
  await db.insert({ name: "test/first", table: "audit_log", columns, rows });
  const letter = [[String(count), at, "t", "", "", "test", "", ""]];
  const names = [
    "dead_letter_id",
    "received_at",
    "topic",
    "location_id",
    "source_id",
    "code",
    "detail",
    "payload",
  ];
  await db.insert({ name: "test/second", table: "dead_letters", columns: names, rows: letter });
  written = count;
}

/** The tables of `data`, frozen while pairs are being written on two connections that pass the gate. */
async function freezeWhileWriting() {
  const gate = createWriteGate();
  const db = await openDatabase({ dataDirectory: data });
  const gated = await openDatabase({ dataDirectory: data, writeGate: gate });
  try {
    await writePair(gated, 1);
    const over = new AbortController();
    const writing = (async () => {
      for (let count = 2; !over.signal.aborted; count += 1) await writePair(gated, count);
    })();
    await until("pairs are written", () => written > 3);
    const acknowledged = written;
    // Between two tables there is time to write, for whoever may.
    const slow: Database = {
      ...db,
      async command(options) {
        await db.command(options);
        if (!options.sql.includes("audit_log")) return;
        const enough = written + 2;
        const untilMs = Date.now() + 1_500;
        await until("others had time", () => written >= enough || Date.now() > untilMs);
      },
    };
    const frozen = await freezeTables({ db: slow, gate, engineFolder, nowMs: Date.now });
    over.abort();
    await writing;
    return { frozen, acknowledged, totals: await ledgerTotals(db, frozen.throughOrdinal) };
  } finally {
    await gated.close();
    await db.close();
  }
}

function restore(from: string, dataDirectory: string) {
  mkdirSync(dataDirectory, { recursive: true });
  return restoreBackup({ from, dataDirectory, database: "onhand", onProgress: () => {} });
}

let acknowledged = 0;
beforeAll(async () => {
  const taken = await freezeWhileWriting();
  acknowledged = taken.acknowledged;
  const frozen = { ...taken.frozen, onhand: "0.0.0" };
  const totals = async () => taken.totals;
  await writeBackup({ frozen, totals, target: backup, isChecked: true, onProgress: () => {} });
  await releaseAllFrozen(engineFolder);
});

test("a backup is one instant of all tables: what was acknowledged is in it, and nothing without what was written before it", async () => {
  const restored = join(folder, "restored");
  const manifest = await restore(backup, restored);
  const db = await openDatabase({ dataDirectory: restored });
  const count = async (sql: string) =>
    (await db.query({ name: "test/count", sql, row: z.object({ rows: z.number() }) }))[0]?.rows ?? -1;
  const first = await count("SELECT count() AS rows FROM audit_log");
  const second = await count("SELECT count() AS rows FROM dead_letters");
  await db.close();
  expect(second).toBeGreaterThanOrEqual(acknowledged);
  expect([0, 1]).toContain(first - second);
  expect(manifest.tables.find(({ table }) => table === "audit_log")?.rows).toBe(first);
  expect(readdirSync(restored)).toEqual(["clickhouse"]);
  expect(readdirSync(join(engineFolder, "shadow"))).toEqual(["increment.txt"]);
  expect(statSync(backup).mode & 0o777).toBe(0o700);
  expect(statSync(join(backup, "manifest.json")).mode & 0o777).toBe(0o600);
});

test("a backup with a flipped bit, a missing or foreign file, a cut-off list, or of a newer program is refused, and nothing is restored", async () => {
  const copy = join(folder, "damaged");
  const target = join(folder, "elsewhere");
  const part = parseFileList(readFileSync(join(backup, "files.sha256"), "utf8"))?.find(({ path }) =>
    path.endsWith("data.bin"),
  )?.path;
  const at = (path: string): string => join(copy, path);
  const flip = (path: string): void => {
    const bytes = readFileSync(at(path));
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = bytes[middle]! ^ 1;
    writeFileSync(at(path), bytes);
  };
  /** As a program would write it that means it so. */
  const rewrite = async (change: (manifest: Record<string, unknown>) => void): Promise<void> => {
    const manifest = JSON.parse(readFileSync(at("manifest.json"), "utf8")) as Record<string, unknown>;
    change(manifest);
    writeFileSync(at("manifest.json"), JSON.stringify(manifest));
    const files = parseFileList(readFileSync(at("files.sha256"), "utf8"))!;
    files.find(({ path }) => path === "manifest.json")!.sha256 = await sha256Of(at("manifest.json"));
    writeFileSync(at("files.sha256"), formatFileList(files));
  };
  const damages: [string, () => void | Promise<void>][] = [
    ["are not those that were written", () => flip(part!)],
    ["is missing", () => rmSync(at(part!))],
    ["does not belong to it", () => writeFileSync(at("clickhouse/more.bin"), "x")],
    ["is not the one that files.sha256 names", () => flip("manifest.json")],
    ["has no files.sha256", () => rmSync(at("files.sha256"))],
    ["does not belong to it", () => cutOff(at("files.sha256"))],
    ["was made by a newer program", () => rewrite((manifest) => (manifest["format"] = 2))],
    [
      "was made by a newer program",
      () => rewrite((manifest) => (manifest["migrations"] = [{ number: 9999, name: "9999_later" }])),
    ],
    [
      "does not add up",
      () =>
        rewrite((manifest) => {
          const total = { locationId: "S01", state: "sellable", movements: 1, lastSequence: 1, units: 1 };
          manifest["ledger"] = { throughOrdinal: 0, totals: [total] };
        }),
    ],
    ["instead of 1000000", () => rewrite((manifest) => (tablesOf(manifest)[0]!.rows = 1_000_000))],
  ];
  for (const [words, damage] of damages) {
    rmSync(copy, { recursive: true, force: true });
    await cp(backup, copy, { recursive: true });
    await damage();
    await expect(restore(copy, target)).rejects.toThrow(words);
    expect(readdirSync(target)).toEqual([]);
  }
});

function cutOff(path: string): void {
  const lines = readFileSync(path, "utf8").split("\n");
  // Without the first file; the line of the manifest is the last.
  writeFileSync(path, lines.slice(1).join("\n"));
}

function tablesOf(manifest: Record<string, unknown>) {
  return manifest["tables"] as { rows: number }[];
}

test("what breaks off leaves nothing under the name of a backup, and the next run clears it away", async () => {
  const target = join(folder, "broken");
  const db = await openDatabase({ dataDirectory: data });
  const frozen = await freezeTables({ db, gate: createWriteGate(), engineFolder, nowMs: Date.now });
  const totals = await ledgerTotals(db, frozen.throughOrdinal);
  await db.close();
  const write = (onProgress: () => void) =>
    writeBackup({
      frozen: { ...frozen, onhand: "0.0.0" },
      totals: async () => totals,
      target,
      isChecked: false,
      onProgress,
    });
  const full = Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
  const broken = write(() => {
    throw full;
  });
  await expect(broken).rejects.toThrow("is full");
  expect(readdirSync(folder)).not.toContain("broken");
  expect(readdirSync(folder)).not.toContain("broken.partial");
  // As a kill leaves it.
  mkdirSync(`${target}.partial`);
  writeFileSync(join(`${target}.partial`, "INCOMPLETE"), "");
  writeFileSync(join(`${target}.partial`, "half"), "");
  await expect(restore(`${target}.partial`, join(folder, "elsewhere"))).rejects.toThrow("is not a backup");
  await write(() => {});
  expect(readdirSync(target).sort()).toEqual(["clickhouse", "files.sha256", "manifest.json"]);
  await expect(write(() => {})).rejects.toThrow("is not empty");
  await releaseAllFrozen(engineFolder);
});
