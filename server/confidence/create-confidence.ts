import { Gauge, type Registry } from "prom-client";
import type { Logger } from "pino";
import type { Database } from "../../sql/database.ts";
import type { Projection } from "../projection/projection.ts";
import { Books } from "./books.ts";
import { Compositions } from "./compositions.ts";
import { createOddsFollower } from "./odds-follower.ts";
import { createOddsReader } from "./odds-reader.ts";
import { createPresenceOdds, type ProductKind } from "./presence-odds.ts";

/** How sure it is that units are there: the source of `confidence` in answers, and what keeps it up to date. */
export function createConfidence(deps: {
  projection: Projection;
  /** A connection of its own: the history of counts is long to read. */
  db: Database;
  registry: Registry;
  logger: Logger;
  nowMs(): number;
}) {
  const { projection, registry, nowMs } = deps;
  const compositions = new Compositions();
  const books = new Books();
  const kinds = new Map<number, ProductKind>();
  const summedAtMs = new Map<string, number>();
  const state = { isLoaded: false };
  const odds = createPresenceOdds({
    projection,
    compositions,
    books,
    kinds,
    seeing: summedAtMs,
    isLoaded: () => state.isLoaded,
  });
  const follower = createOddsFollower({
    ...deps,
    reader: createOddsReader(deps),
    compositions,
    books,
    kinds,
    summedAtMs,
    odds,
    onLoaded: () => {
      state.isLoaded = true;
    },
  });

  const age: Gauge = new Gauge({
    name: "onhand_odds_age_seconds",
    help: "Since ingest last summed up the location whose items were summed up longest ago; 0 = none has items",
    registers: [registry],
    collect: () => {
      const oldest = Math.min(...summedAtMs.values());
      age.set(oldest === Infinity ? 0 : Math.max(0, (nowMs() - oldest) / 1000));
    },
  });
  const kept: Gauge = new Gauge({
    name: "onhand_odds_compositions",
    help: "Different compositions of items that positions have",
    registers: [registry],
    collect: () => kept.set(compositions.size),
  });
  const lines: Gauge = new Gauge({
    name: "onhand_count_lines_learnt",
    help: "Lines of counts that the error of books was learnt from",
    registers: [registry],
    collect: () => lines.set(books.errors.version),
  });

  return { odds, start: follower.start, stop: follower.stop };
}
