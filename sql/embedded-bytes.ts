import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { ByteAnswer, ByteEngine, ByteSession, ReadCounts, SessionSettings } from "./byte-engine.ts";
import { importChdb } from "./embedded-engine.ts";
import { assertIdentifier } from "./engine.ts";
import { createSpool, type Spool } from "./spool.ts";

/** A stopped query may not have begun when it is stopped: it is told again. */
const KILL_EVERY_MS = 200;
/** Below this share of free disk nothing is spooled: intake pauses at a tenth. */
const MIN_FREE_SHARE = 0.12;

/**
 * Bytes from ClickHouse in this process. chDB makes a whole document of each chunk that it streams, which is no JSON, Arrow or
 * Parquet file any more; so the engine writes the answer to a file (INTO OUTFILE), and we read behind it. That also frees
 * the query's memory and thread at its own speed, however slowly the client reads. The file has no name as soon as we
 * have it open: nothing is left of it when the process dies.
 */
export async function openEmbeddedBytes(config: {
  path: string;
  spoolPath: string;
  database: string;
}): Promise<ByteEngine> {
  const { Session } = await importChdb();
  const database = assertIdentifier(config.database);
  const spoolPath = resolve(config.spoolPath);
  mkdirSync(spoolPath, { recursive: true, mode: 0o700 });
  // Keeps the engine up, and stops queries on other connections.
  const keeper = new Session(config.path);
  const engine = { Session, keeper, path: config.path, spoolPath, database };
  return {
    isEmbedded: true,
    database,
    privatePath: resolve(config.path),
    open: async () => await openSession(engine),
    close: async () => keeper.close(),
  };
}

type ChdbSession = InstanceType<Awaited<ReturnType<typeof importChdb>>["Session"]>;
type OpenEngine = {
  Session: new (path: string) => ChdbSession;
  keeper: ChdbSession;
  path: string;
  spoolPath: string;
  database: string;
};

async function openSession(engine: OpenEngine): Promise<ByteSession> {
  const session = new engine.Session(engine.path);
  const tag = `bytes-${randomUUID()}`;
  let isCancelled = false;
  let running: Promise<unknown> | null = null;
  let killer: NodeJS.Timeout | null = null;

  async function statement(sql: string): Promise<ReadCounts> {
    const result = await session.queryAsync(sql, { format: "TSVRaw" });
    return { rows: result.rowsRead, bytes: result.bytesRead, elapsedMs: result.elapsed * 1000 };
  }

  function kill(): void {
    const sql = `KILL QUERY WHERE Settings['log_comment'] = '${tag}' ASYNC`;
    engine.keeper.queryAsync(sql, { format: "TSVRaw" }).catch(() => undefined);
  }

  function stopKilling(): void {
    if (killer !== null) clearInterval(killer);
    killer = null;
  }

  function cancel(): void {
    isCancelled = true;
    if (running === null || killer !== null) return;
    kill();
    killer = setInterval(kill, KILL_EVERY_MS);
  }

  async function start(spool: Spool, sql: string): Promise<ReadCounts> {
    if (isCancelled) throw cancelled();
    const work = statement(sql);
    running = work;
    try {
      return await work;
    } catch (error) {
      throw spool.failure() ?? error;
    } finally {
      running = null;
      stopKilling();
    }
  }

  try {
    await statement(`USE \`${engine.database}\``);
    await statement(`SET log_comment = '${tag}'`);
  } catch (error) {
    session.close();
    throw error;
  }
  return {
    set: async (settings) => {
      const list = Object.entries(settings);
      await statement(
        `SET ${list.map(([name, value]) => `${assertIdentifier(name)} = ${literal(value)}`).join(", ")}`,
      );
    },
    ask: async (sql, params = {}) => {
      const result = await session.queryBindAsync(sql, params, { format: "TSVRaw" });
      return result.text();
    },
    run: async ({ sql, format, maxBytes }): Promise<ByteAnswer> => {
      await assertRoom(engine.spoolPath);
      const path = join(engine.spoolPath, `${randomUUID()}.part`);
      let counts: ReadCounts | null = null;
      const spool = createSpool({ path, maxBytes, stop: cancel });
      const ended = start(
        spool,
        `${sql} INTO OUTFILE ${literal(path)} FORMAT ${assertIdentifier(format)}`,
      ).then((read) => {
        counts = read;
      });
      return { ...(await spool.follow(ended)), counts: () => counts };
    },
    cancel,
    close: async () => {
      if (running !== null) cancel();
      await running?.then(undefined, () => undefined);
      session.close();
    },
  };
}

async function assertRoom(path: string): Promise<void> {
  const { bavail, blocks } = await statfs(path);
  if (bavail >= blocks * MIN_FREE_SHARE) return;
  throw new Error(
    "Code: 243. DB::Exception: The disk is nearly full: answers wait until there is room. (NOT_ENOUGH_SPACE)",
  );
}

function cancelled(): Error {
  return new Error("Code: 394. DB::Exception: Query was cancelled. (QUERY_WAS_CANCELLED)");
}

function literal(value: SessionSettings[string]): string {
  return typeof value === "number"
    ? String(value)
    : `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
