import type { ByteAnswer, ByteEngine } from "../byte-engine.ts";
import type { AnalystLimits } from "./limits.ts";
import { type AnalystQuery, type PreparedQuery, prepareQuery } from "./prepare-query.ts";

export type AnalystEngine = ReturnType<typeof createAnalystEngine>;

/** An answer; its session is closed when its query has ended. */
export type AnalystAnswer = ByteAnswer & PreparedQuery;

/** Runs analysts' queries, each on a session of its own. How many at once is the caller's to bound. */
export function createAnalystEngine(deps: { bytes: ByteEngine; limits: AnalystLimits }) {
  const { bytes, limits } = deps;
  let facts: Promise<{ functions: ReadonlySet<string>; version: string }> | null = null;

  async function readFacts() {
    const session = await bytes.open();
    try {
      const functions = await session.ask("SELECT lower(name) FROM system.functions");
      const version = (await session.ask("SELECT version()")).trimEnd();
      return { functions: new Set(functions.split("\n")), version };
    } finally {
      await session.close();
    }
  }

  /** What the engine can do, read once; again after a failure. */
  async function knowFacts() {
    facts ??= readFacts().catch((error: unknown) => {
      facts = null;
      throw error;
    });
    return await facts;
  }

  async function openOr(onIdle: () => void) {
    try {
      return await bytes.open();
    } catch (error) {
      onIdle();
      throw error;
    }
  }

  return {
    database: bytes.database,
    /** ClickHouse's version, once it is known: stands in messages and headers. */
    version: async (): Promise<string> => (await knowFacts()).version,

    /**
     * @param signal stops the query, also before it has begun.
     * @param onIdle is called once when the query no longer runs, whether or not its answer was read: what it held is free.
     * Throws `AnalystRefusal`, or what ClickHouse throws.
     */
    async run(query: AnalystQuery, signal: AbortSignal, onIdle: () => void): Promise<AnalystAnswer> {
      const session = await openOr(onIdle);
      const close = async () => {
        signal.removeEventListener("abort", session.cancel);
        await session.close();
      };
      try {
        const { functions } = await knowFacts();
        signal.addEventListener("abort", session.cancel, { once: true });
        signal.throwIfAborted();
        const context = { database: bytes.database, isEmbedded: bytes.isEmbedded, limits, functions };
        const prepared = await prepareQuery(session, query, context);
        const answer = await session.run({ ...prepared, maxBytes: limits.max_result_bytes });
        void answer.ended.then(close).then(onIdle, onIdle);
        return { ...prepared, ...answer };
      } catch (error) {
        await close().finally(onIdle);
        throw error;
      }
    },

    /** A message without the paths of this machine, and without how it was asked. */
    tidy(message: string): string {
      const text = message.replace(
        /:? ?In scope SELECT formatQuerySingleLine\(.*?( \([A-Z_]+\))?\s*$/s,
        "$1",
      );
      return bytes.privatePath === "" ? text : text.replaceAll(bytes.privatePath, "…");
    },

    close: async () => await bytes.close(),
  };
}
