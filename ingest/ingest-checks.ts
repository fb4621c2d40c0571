import type { IntakeStatus } from "./intake/intake.ts";

export type IngestState = "stopped" | "standby" | "recovering" | "running";

export type IngestCheck = { name: string; ok: boolean; detail: string };

/** Why ingest is ready or not, for /readyz. A reason is null where there is nothing to say. */
export function ingestChecks(now: {
  state: IngestState;
  intake: IntakeStatus;
  leaseReason: string | null;
  blockedReason: string | null;
  diskReason: string | null;
}): IngestCheck[] {
  const { state, intake, leaseReason, blockedReason, diskReason } = now;
  return [
    { name: "ingest", ok: state === "running" && leaseReason === null, detail: leaseReason ?? state },
    {
      name: "broker",
      ok: intake.isConnected,
      detail: intake.isConnected ? "connected" : (intake.lastError ?? "not connected"),
    },
    { name: "ledger", ok: blockedReason === null, detail: blockedReason ?? "takes batches" },
    { name: "disk", ok: diskReason === null, detail: diskReason ?? "has room" },
  ];
}
