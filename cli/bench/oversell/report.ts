import { rounded } from "../statistics.ts";
import type { LogCount } from "./count-logs.ts";
import type { DatabaseCount } from "./count-database.ts";

/** What the server itself answered at two instants, and what a look at each kept reservation found. */
export type ServerCount = {
  /** When every short hold had ended: units that still counted, beyond those that are kept. */
  leakedHolds: number;
  /** At the end, with everything released or handed over: units that did not come back. */
  missingUnits: number;
  /** Kept reservations that the server did not know as confirmed after it was killed. */
  lost: string[];
  /** Reserved when everything had been granted. */
  reservedAtPeak: number;
};

export type OversellFigures = {
  unitsPutIn: number;
  unitsFulfilled: number;
  attempts: number;
  granted: number;
  returned: number;
  refused: number;
  retried: number;
  kills: number;
  seconds: number;
  secondsDown: number;
  p50Ms: number;
  p99Ms: number;
};

/**
 * `attempts` = `granted` + `returned` + `refused`. `granted`: attempts that got a unit and kept it; `returned`: those that got
 * one and released it or let it expire. `oversold`: units that were held at one instant beyond those put in. `leaked`: units
 * that still counted though their hold had ended, or never came back. `lost`: grants and confirmations that a client was told of and
 * the system did not know afterwards. `doubled`: idempotency keys that were granted twice.
 */
export type OversellReport = OversellFigures & {
  oversold: number;
  leaked: number;
  lost: number;
  doubled: number;
  unitsGranted: number;
  ratePerSecond: number;
  /** What each count found; `database` is null for a system whose database is not this run's own. */
  counts: {
    server: { leakedHolds: number; missingUnits: number; lost: number; reserved: number };
    logs: {
      attempts: number;
      granted: number;
      refused: number;
      kept: number;
      open: number;
      oversold: number;
    };
    database: {
      granted: number;
      kept: number;
      oversold: number;
      doubled: number;
      heldAtEnd: number;
      lost: number;
    } | null;
  };
  /** What is wrong, in words; empty when all is right. */
  wrong: string[];
  ok: boolean;
};

/** Puts the counts beside one another. */
export function reportOf(
  figures: OversellFigures,
  unitsPerProduct: number,
  server: ServerCount,
  logs: LogCount,
  database: DatabaseCount | null,
): OversellReport {
  const oversoldByLogs = beyond(logs.peakByGtin, () => unitsPerProduct);
  const oversoldByDatabase =
    database === null ? 0 : beyond(database.peakByGtin, (gtin) => database.putInByGtin.get(gtin) ?? 0);
  const lostIds = new Set(server.lost);
  for (const id of database === null ? [] : missingIn(logs.grantedIds, database.grantedIds)) lostIds.add(id);
  for (const id of database === null ? [] : missingIn(logs.keptIds, database.keptIds)) lostIds.add(id);
  const lost = lostIds.size;
  const leaked = Math.max(server.leakedHolds, 0) + Math.abs(server.missingUnits);
  const oversold = Math.max(oversoldByLogs, oversoldByDatabase, figures.granted - figures.unitsPutIn);
  const unasked = database === null ? 0 : missingIn(database.grantedIds, logs.grantedIds).length;

  const wrong: string[] = [];
  const must = (isRight: boolean, text: string): void => void (isRight || wrong.push(text));
  must(oversold === 0, `${oversold} units were granted beyond those that were put in`);
  must(server.leakedHolds === 0, `${server.leakedHolds} units counted as held after their holds had ended`);
  must(server.missingUnits === 0, `${server.missingUnits} units did not come back`);
  must(lost === 0, `${lost} grants that a client was told of are not known, for example ${[...lostIds][0]}`);
  must(
    figures.granted === figures.unitsPutIn,
    `${figures.granted} units were granted and kept, ${figures.unitsPutIn} were put in`,
  );
  must(logs.open === 0, `${logs.open} requests have no definite answer in the clients' logs`);
  must(
    logs.attempts === figures.attempts && logs.kept === figures.granted && logs.refused === figures.refused,
    `the clients' logs have ${logs.attempts} attempts, ${logs.kept} kept and ${logs.refused} refused, the run ` +
      `${figures.attempts}, ${figures.granted} and ${figures.refused}`,
  );
  if (database !== null) {
    must(database.doubled === 0, `${database.doubled} idempotency keys were granted twice`);
    must(unasked === 0, `${unasked} reservations in ClickHouse were granted to nobody`);
    must(
      database.keptIds.size === figures.granted,
      `ClickHouse has ${database.keptIds.size} confirmed reservations, the run ${figures.granted}`,
    );
    must(database.heldAtEnd === 0, `${database.heldAtEnd} units are held at the end by ClickHouse`);
    must(
      database.handedOver === figures.unitsFulfilled,
      `${database.handedOver} units were handed over by the ledger, ${figures.unitsFulfilled} by the clients`,
    );
  }
  return {
    ...figures,
    unitsGranted: figures.granted,
    oversold,
    leaked,
    lost,
    doubled: database?.doubled ?? 0,
    ratePerSecond: rounded(figures.attempts / figures.seconds),
    counts: {
      server: {
        leakedHolds: server.leakedHolds,
        missingUnits: server.missingUnits,
        lost: server.lost.length,
        reserved: server.reservedAtPeak,
      },
      logs: {
        attempts: logs.attempts,
        granted: logs.granted,
        refused: logs.refused,
        kept: logs.kept,
        open: logs.open,
        oversold: oversoldByLogs,
      },
      database:
        database === null
          ? null
          : {
              granted: database.grantedIds.size,
              kept: database.keptIds.size,
              oversold: oversoldByDatabase,
              doubled: database.doubled,
              heldAtEnd: database.heldAtEnd,
              lost: missingIn(logs.grantedIds, database.grantedIds).length,
            },
    },
    wrong,
    ok: wrong.length === 0,
  };
}

function beyond(peaks: ReadonlyMap<string, number>, unitsOf: (gtin: string) => number): number {
  return [...peaks].reduce((sum, [gtin, peak]) => sum + Math.max(0, peak - unitsOf(gtin)), 0);
}

function missingIn(wanted: ReadonlySet<string>, found: ReadonlySet<string>): string[] {
  return [...wanted].filter((id) => !found.has(id));
}

/** For people. */
export function describeReport(report: OversellReport): string {
  const number = (value: number): string => value.toLocaleString("en");
  const { counts } = report;
  const byDatabase =
    counts.database === null
      ? "not counted: the database belongs to the running system"
      : `${number(counts.database.granted)} granted, ${number(counts.database.kept)} kept, ${number(counts.database.oversold)} oversold`;
  return [
    `attempts     ${number(report.attempts)} in ${report.seconds.toFixed(1)} s (${number(report.ratePerSecond)} a second; down ${report.secondsDown.toFixed(1)} s)`,
    `put in       ${number(report.unitsPutIn)} units`,
    `granted      ${number(report.granted)} and kept, ${number(report.returned)} returned`,
    `refused      ${number(report.refused)}`,
    `asked again  ${number(report.retried)} times, over ${report.kills} kills`,
    `answers      p50 ${report.p50Ms} ms, p99 ${report.p99Ms} ms`,
    `ClickHouse   ${byDatabase}`,
    `clients      ${number(counts.logs.granted)} granted, ${number(counts.logs.kept)} kept, ${number(counts.logs.oversold)} oversold`,
    "",
    `oversold ${report.oversold}   leaked ${report.leaked}   lost ${report.lost}   doubled ${report.doubled}`,
    ...report.wrong.map((text) => `WRONG: ${text}`),
    "",
  ].join("\n");
}
