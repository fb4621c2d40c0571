import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openDatabase } from "../../../sql/client.ts";
import { percentile, rounded } from "../statistics.ts";
import { createCaller } from "./caller.ts";
import { openClientLog } from "./client-log.ts";
import { Contender, emptyTally } from "./contender.ts";
import type { ContestedSystem } from "./contested-system.ts";
import { type DatabaseCount, countDatabase } from "./count-database.ts";
import { countLogs } from "./count-logs.ts";
import { fateOf, type OversellPlan, phasesOf } from "./plan.ts";
import { type OversellReport, reportOf } from "./report.ts";
import { clearStage, findUnknown, setStage, stageFigures } from "./stage.ts";

/** Every short hold has ended by then, and expiries need no sweeper. */
const SETTLE_MS = 10_000;
/** Of the kept units so many are handed over in the end, the rest released. */
const MAX_FULFILLED = 50;

/** Runs the plan against the system and counts three times. `folder`: for the clients' logs. */
export async function runOversell(
  system: ContestedSystem,
  plan: OversellPlan,
  options: { folder: string; run: string; log(text: string): void },
): Promise<OversellReport> {
  const { folder, run, log } = options;
  const unitsPutIn = plan.products * plan.unitsPerProduct;
  const { churning, keeping } = phasesOf(plan);
  const stage = await setStage(system, plan, run);
  const tally = emptyTally();
  const files = Array.from({ length: plan.clients }, (_, index) =>
    join(folder, `client-${index + 1}.ndjson`),
  );
  const parts = files.map((file) => {
    const caller = createCaller(system.url, stage.token);
    const clientLog = openClientLog(file);
    const { locationId } = stage;
    return {
      caller,
      clientLog,
      contender: new Contender({ caller, log: clientLog, run, locationId, tally }),
    };
  });
  const lost = new Set<string>();
  let begun = 0;
  let kills = 0;
  let downMs = 0;
  let killing: Promise<void> | null = null;
  let keepingNow = 0;

  const killEvery = plan.attempts / (plan.kills + 1);
  async function kill(): Promise<void> {
    const startedMs = performance.now();
    kills += 1;
    log(`kill ${kills} of ${plan.kills} after ${begun} attempts, ${tally.granted} grants`);
    const known = [...tally.kept.keys()];
    await system.killAndRestart();
    downMs += performance.now() - startedMs;
    for (const id of await findUnknown(system, known, "confirmed")) lost.add(id);
  }
  function killWhenDue(): void {
    if (killing !== null || kills >= plan.kills || begun < killEvery * (kills + 1)) return;
    killing = kill().finally(() => (killing = null));
  }

  /** All clients, until so many attempts in all have begun. */
  async function contend(
    untilAttempts: number,
    fate: (attempt: number) => Parameters<Contender["attempt"]>[2],
  ) {
    const work = async (contender: Contender): Promise<void> => {
      while (begun < untilAttempts) {
        const attempt = begun;
        begun += 1;
        killWhenDue();
        const gtin = stage.gtins[attempt % stage.gtins.length] ?? "";
        await contender.attempt(attempt, gtin, fate(attempt));
      }
    };
    await Promise.all(parts.map(({ contender }) => work(contender)));
    if (killing !== null) await killing;
  }

  try {
    const startedMs = performance.now();
    log(`${plan.clients} clients, ${plan.attempts} attempts at ${unitsPutIn} units`);
    // While churning, a unit is kept now and then, so that kept ones are among what a kill may lose.
    await contend(churning, (attempt) => {
      const mayKeep = Math.floor((unitsPutIn * 0.25 * attempt) / churning);
      if (keepingNow >= mayKeep || attempt % 3 !== 0) return fateOf(attempt);
      keepingNow += 1;
      return "keep";
    });
    log("waiting until every short hold has ended");
    const leakedHolds = await settle(async () => {
      const { reserved } = await stageFigures(system, stage);
      return reserved - tally.kept.size;
    });
    await contend(churning + keeping, () => "keep");
    const seconds = (performance.now() - startedMs) / 1000;
    for (const id of await findUnknown(system, tally.kept.keys(), "confirmed")) lost.add(id);
    const { reserved: reservedAtPeak } = await stageFigures(system, stage);
    const milliseconds = tally.milliseconds;

    log("handing over and releasing what was kept");
    const unitsFulfilled = await handBack();
    const missingUnits = await settle(async () => {
      const { onHand, available } = await stageFigures(system, stage);
      const expected = unitsPutIn - unitsFulfilled;
      return onHand === expected ? expected - available : expected - onHand;
    });
    const atMs = Date.now();
    await clearStage(system, stage, run);
    for (const { caller, clientLog } of parts) {
      caller.close();
      await clientLog.close();
    }
    await system.stop();

    log("counting in the clients' logs and in ClickHouse");
    const logs = await countLogs(files);
    const database = await countIn(system, { locationId: stage.locationId, keyPrefix: `${run}-`, atMs });
    return reportOf(
      {
        unitsPutIn,
        unitsFulfilled,
        attempts: begun,
        granted: tally.kept.size,
        returned: tally.granted - tally.kept.size,
        refused: tally.refused,
        retried: tally.retried,
        kills,
        seconds: rounded(seconds),
        secondsDown: rounded(downMs / 1000),
        p50Ms: rounded(percentile(milliseconds, 50)),
        p99Ms: rounded(percentile(milliseconds, 99)),
      },
      plan.unitsPerProduct,
      { leakedHolds, missingUnits, lost: [...lost], reservedAtPeak },
      logs,
      database,
    );
  } finally {
    for (const { caller } of parts) caller.close();
  }

  /** All clients hand over or release what was kept. @returns how many were handed over */
  async function handBack(): Promise<number> {
    const kept = [...tally.kept].map(([id, { gtin }], index) => ({ id, gtin, index }));
    let next = 0;
    let fulfilled = 0;
    const work = async (contender: Contender): Promise<void> => {
      for (let one = kept[next]; one !== undefined; one = kept[next]) {
        next += 1;
        const attempt = begun + one.index;
        if (one.index % 4 === 0 && one.index < MAX_FULFILLED * 4) {
          if (await contender.fulfil(attempt, one.gtin, one.id)) fulfilled += 1;
        } else await contender.release(attempt, one.gtin, one.id);
      }
    };
    await Promise.all(parts.map(({ contender }) => work(contender)));
    return fulfilled;
  }
}

/** Asks until the answer is 0, at most so long. @returns the last answer */
async function settle(ask: () => Promise<number>): Promise<number> {
  const untilMs = Date.now() + SETTLE_MS;
  for (;;) {
    const left = await ask();
    if (left === 0 || Date.now() > untilMs) return left;
    await sleep(50);
  }
}

async function countIn(
  system: ContestedSystem,
  run: { locationId: string; keyPrefix: string; atMs: number },
): Promise<DatabaseCount | null> {
  if (system.dataDirectory === null) return null;
  const db = await openDatabase({ dataDirectory: system.dataDirectory });
  try {
    return await countDatabase(db, run);
  } finally {
    await db.close();
  }
}
