import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { temporaryDirectory } from "../test/support/temporary-directory.ts";
import type { ByteAnswer, ByteEngine, ByteSession } from "./byte-engine.ts";
import { openDatabase } from "./client.ts";
import type { Database } from "./database.ts";
import { openBytes } from "./open-bytes.ts";

let directory: string;
let db: Database;
let engine: ByteEngine;
beforeAll(async () => {
  directory = temporaryDirectory("bytes");
  db = await openDatabase({ dataDirectory: directory });
  engine = await openBytes({ dataDirectory: directory });
});
afterAll(async () => {
  await engine.close();
  await db.close();
});

const MANY_BYTES = 1_000_000_000;

async function withSession<T>(work: (session: ByteSession) => Promise<T>): Promise<T> {
  const session = await engine.open();
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

async function textOf(answer: ByteAnswer): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of answer.bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

const spooled = () => readdirSync(join(directory, "spool"));

it("gives one whole document of a format that is no list of lines, and says what was read", async () => {
  await withSession(async (session) => {
    const answer = await session.run({
      sql: "SELECT number FROM numbers(300000)",
      format: "JSON",
      maxBytes: MANY_BYTES,
    });
    const document = JSON.parse(await textOf(answer)) as { rows: number; data: unknown[] };
    expect(document.rows).toBe(300_000);
    expect(document.data.length).toBe(300_000);
    expect(answer.counts()).toMatchObject({ rows: 300_000 });
  });
  expect(spooled()).toEqual([]);
});

it("begins before the query has ended, and stops the query when its reader leaves", async () => {
  await withSession(async (session) => {
    const endless = "SELECT number FROM system.numbers";
    const answer = await session.run({ sql: endless, format: "TSV", maxBytes: 100 * MANY_BYTES });
    for await (const chunk of answer.bytes) {
      expect(Buffer.from(chunk).toString("utf8").slice(0, 6)).toBe("0\n1\n2\n");
      break;
    }
    expect(await session.ask("SELECT 1")).toBe("1\n");
  });
  expect(spooled()).toEqual([]);
});

it("throws at once what fails before the first megabyte, and in the middle what fails later", async () => {
  await withSession(async (session) => {
    const wrong = session.run({
      sql: "SELECT throwIf(number = 3) FROM numbers(9)",
      format: "TSV",
      maxBytes: 1e9,
    });
    await expect(wrong).rejects.toThrow(/Code: 395/);
    const sql = "SELECT throwIf(number = 3000000, 'late') FROM numbers(9000000)";
    const late = await session.run({ sql, format: "TSV", maxBytes: MANY_BYTES });
    await expect(textOf(late)).rejects.toThrow(/late/);
  });
  expect(spooled()).toEqual([]);
});

it("holds an answer to its limit, even while nobody reads", async () => {
  await withSession(async (session) => {
    const sql = "SELECT number FROM system.numbers";
    const answer = await session.run({ sql, format: "TSV", maxBytes: 5_000_000 });
    await expect(textOf(answer)).rejects.toThrow(/Code: 396/);
  });
});

it("stops a query that has given nothing yet", async () => {
  await withSession(async (session) => {
    const sql = "SELECT count() FROM numbers(100000000000) WHERE sipHash64(number) = 1";
    const running = session.run({ sql, format: "TSV", maxBytes: MANY_BYTES });
    setTimeout(() => session.cancel(), 50);
    await expect(running).rejects.toThrow(/Code: 394/);
  });
});

it("keeps the settings and parameters of a session to itself", async () => {
  await withSession(async (session) => {
    await session.set({ param_name: "it's\\tone", max_threads: 1, readonly: 1 });
    expect(await session.ask("SELECT {name:String}, getSetting('max_threads')")).toBe("it's\tone\t1\n");
    await expect(session.ask("CREATE TABLE t (a UInt8) ENGINE = Memory")).rejects.toThrow(/Code: 164/);
  });
  await withSession(async (session) => {
    await expect(session.ask("SELECT {name:String}")).rejects.toThrow(/Code: 456/);
  });
});
