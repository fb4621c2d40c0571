import type { Logger } from "pino";
import { Counter, Gauge, type Registry } from "prom-client";
import type { LocationCheck } from "../../domain/api/reconciliation.ts";
import type { Projection } from "../projection/projection.ts";
import type { LocationChecker } from "./location-checker.ts";
import type { ReconciliationStore } from "./reconciliation-store.ts";

/** After a check nothing is done for so many times as long as it took: a twentieth of a connection at most. */
const REST = 20;
/** Equal results are stored together, so often at most; others at once. */
const STORE_EVERY_MS = 60_000;

export type Reconciler = ReturnType<typeof createReconciler>;

/** Checks one location after the other, for as long as the server runs. `everySeconds` 0 = never by itself. */
export function createReconciler(deps: {
  check: LocationChecker;
  projection: Projection;
  store: ReconciliationStore;
  everySeconds: number;
  registry: Registry;
  logger: Logger;
  nowMs(): number;
}) {
  const { projection, logger, everySeconds } = deps;
  const last = new Map<string, LocationCheck>();
  let pass = new Set<string>();
  let lastFullPassMs: number | null = null;
  let unwritten: LocationCheck[] = [];
  let writtenMs = deps.nowMs();
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<unknown> = Promise.resolve();
  let isStopped = true;
  const startedMs = deps.nowMs();

  const positions = new Counter({
    name: "onhand_reconciliation_positions_total",
    help: "Positions that were compared with the ledger",
    registers: [deps.registry],
  });
  const differences = new Counter({
    name: "onhand_reconciliation_differences_total",
    help: "Positions and reserved units in memory that differed from what is stored",
    labelNames: ["kind"],
    registers: [deps.registry],
  });
  const failures = new Counter({
    name: "onhand_reconciliation_failures_total",
    help: "Checks of a location that could not be made",
    registers: [deps.registry],
  });
  const differing: Gauge = new Gauge({
    name: "onhand_reconciliation_differing_locations",
    help: "Locations whose memory still differs from what is stored",
    registers: [deps.registry],
    collect: () => differing.set(differingNow().length),
  });
  const age: Gauge = new Gauge({
    name: "onhand_reconciliation_full_pass_age_seconds",
    help: "Time since all locations had been checked once more, or since the start",
    registers: [deps.registry],
    collect: () => age.set((deps.nowMs() - (lastFullPassMs ?? startedMs)) / 1000),
  });

  const differingNow = () => [...last.values()].filter((check) => check.outcome === "different");

  /** The location whose last check is longest ago. */
  function next(): string | null {
    let oldest: string | null = null;
    let oldestAt = "~";
    for (const locationId of projection.table().locationIds) {
      const checkedAt = last.get(locationId)?.checkedAt ?? "";
      if (checkedAt < oldestAt) [oldest, oldestAt] = [locationId, checkedAt];
    }
    return oldest;
  }

  function note(check: LocationCheck): void {
    last.set(check.locationId, check);
    if (check.outcome === "failed") return;
    positions.inc(check.positions);
    const held = check.examples.filter((one) => one.state === null).length;
    if (check.differences > 0) {
      differences.inc({ kind: "position" }, check.differences - held);
      differences.inc({ kind: "reserved" }, held);
    }
    pass.add(check.locationId);
    if (projection.table().locationIds.every((locationId) => pass.has(locationId))) {
      lastFullPassMs = deps.nowMs();
      pass = new Set();
    }
  }

  async function write(check: LocationCheck): Promise<void> {
    unwritten.push(check);
    if (check.outcome === "equal" && deps.nowMs() - writtenMs < STORE_EVERY_MS) return;
    const batch = unwritten;
    unwritten = [];
    writtenMs = deps.nowMs();
    await deps.store.write(projection.serverId, batch).catch((error: unknown) => {
      logger.warn({ err: error }, "results of the check against the ledger were not stored");
    });
  }

  async function checkOne(locationId: string): Promise<LocationCheck> {
    const atMs = deps.nowMs();
    const result = await deps.check(locationId).catch((error: unknown) => {
      failures.inc();
      logger.warn({ err: error, locationId }, "a location could not be compared with the ledger");
      return failed(locationId, atMs, error);
    });
    note(result);
    await write(result);
    return result;
  }

  function schedule(delayMs: number): void {
    if (isStopped) return;
    timer = setTimeout(() => {
      const startMs = performance.now();
      const locationId = projection.isLoaded() ? next() : null;
      running = (locationId === null ? Promise.resolve() : checkOne(locationId)).then(() =>
        schedule(Math.max(everySeconds * 1000, (performance.now() - startMs) * REST)),
      );
    }, delayMs);
  }

  return {
    /** Checks a location now; the result is noted like any other. */
    checkOne,
    lastChecks: (): LocationCheck[] => [...last.values()],
    lastFullPassAt: () => (lastFullPassMs === null ? null : new Date(lastFullPassMs).toISOString()),
    isRunning: () => !isStopped,
    /** For `/readyz`: red while memory differs from what is stored and could not be put right. */
    reason(): string | null {
      const names = differingNow().map((check) => check.locationId);
      if (names.length === 0) return null;
      return `Memory differs from the ledger at ${names.slice(0, 5).join(", ")}${names.length > 5 ? ", …" : ""}: see GET /v1/reconciliation, and restart the server.`;
    },
    /** The last result in words, for `/readyz`. */
    note(): string {
      if (last.size === 0) return isStopped ? "Not running." : "No location was checked yet.";
      const checks = [...last.values()];
      const compared = checks.reduce((sum, check) => sum + check.positions, 0);
      const mended = checks.filter((check) => check.outcome === "mended").length;
      const since = checks.map((check) => check.checkedAt).sort()[0] ?? "";
      return `${checks.length} locations with ${compared} positions were compared with the ledger since ${since}; ${mended} were put right.`;
    },
    start(): void {
      if (everySeconds === 0) return;
      isStopped = false;
      schedule(everySeconds * 1000);
    },
    async stop(): Promise<void> {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
      await running;
    },
  };
}

function failed(locationId: string, atMs: number, error: unknown): LocationCheck {
  return {
    locationId,
    checkedAt: new Date(atMs).toISOString(),
    sequence: 0,
    positions: 0,
    heldProducts: 0,
    outcome: "failed",
    differences: 0,
    examples: [],
    reason: error instanceof Error ? error.message : String(error),
    tookMs: 0,
  };
}
