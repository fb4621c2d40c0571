import type { MessageBus } from "../../domain/message-bus.ts";
import type { Database } from "../../sql/database.ts";
import type { Projection } from "../projection/projection.ts";

/** One thing that must be so. `reason` says what is wrong and what to do; null while it is well. `note` only tells. */
export type ReadinessCheck = {
  name: string;
  reason(): string | null | Promise<string | null>;
  note?(): string;
};

export type Readiness = {
  status: "ready" | "not_ready";
  checks: { name: string; reason: string | null; note?: string }[];
};

/** The answer to ClickHouse's ping is kept so long: probes come often, and must not queue up behind a slow query. */
const PING_KEPT_MS = 1_000;

export function createReadiness(deps: {
  db: Database;
  bus: MessageBus;
  projection: Projection;
  extra: readonly ReadinessCheck[];
  nowMs(): number;
}) {
  let pinged: { atMs: number; result: Promise<string | null> } | null = null;

  function pingDatabase(): Promise<string | null> {
    const nowMs = deps.nowMs();
    if (pinged === null || nowMs - pinged.atMs >= PING_KEPT_MS) {
      const result = deps.db.ping().then(
        () => null,
        (error: unknown) =>
          `ClickHouse does not answer: ${error instanceof Error ? error.message : String(error)}`,
      );
      pinged = { atMs: nowMs, result };
    }
    return pinged.result;
  }

  const checks: readonly ReadinessCheck[] = [
    { name: "database", reason: pingDatabase },
    {
      name: "broker",
      reason: () =>
        deps.bus.isConnected() ? null : "The MQTT broker is not connected; availability grows old.",
    },
    {
      name: "projection",
      reason() {
        if (!deps.projection.isLoaded()) return "Positions are being loaded from ClickHouse.";
        const lag = deps.projection.lag();
        return lag === 0 ? null : `${lag} movements were missed and are being read from ClickHouse.`;
      },
    },
    ...deps.extra,
  ];

  return async (): Promise<Readiness> => {
    const results = await Promise.all(checks.map(ask));
    const isReady = results.every((result) => result.reason === null);
    return { status: isReady ? "ready" : "not_ready", checks: results };
  };
}

async function ask({ name, reason, note }: ReadinessCheck): Promise<Readiness["checks"][number]> {
  const told = { name, reason: await reason() };
  return note === undefined ? told : { ...told, note: note() };
}
