import type { MqttClient } from "mqtt";

export type ReconnectBackOff = { minMs: number; maxMs: number };

const DEFAULT_BACK_OFF: ReconnectBackOff = { minMs: 500, maxMs: 30_000 };

/**
 * A connection has to last so long before the next loss starts again at the shortest wait. Without it a broker that
 * accepts and then drops us (no right to subscribe, two clients of one id) would be called twice a second for ever.
 */
const STABLE_AFTER_MS = 5_000;

/**
 * mqtt.js waits the same time before each attempt; this makes the wait grow twofold up to `maxMs`, each between half
 * and all of it by chance, so that a fleet does not come back in step. mqtt.js reads the wait anew for each attempt.
 *
 * @returns stops the timer it may have running
 */
export function applyReconnectBackOff(
  client: MqttClient,
  { minMs, maxMs }: ReconnectBackOff = DEFAULT_BACK_OFF,
): () => void {
  let attempts = 0;
  let stableTimer: NodeJS.Timeout | undefined;
  const setNextWait = (): void => {
    const ceilingMs = Math.min(maxMs, minMs * 2 ** Math.min(attempts, 20));
    client.options.reconnectPeriod = Math.ceil(ceilingMs * (0.5 + Math.random() / 2));
  };
  setNextWait();
  client.on("reconnect", () => {
    attempts += 1;
    setNextWait();
  });
  client.on("connect", () => {
    stableTimer = setTimeout(() => {
      attempts = 0;
      setNextWait();
    }, STABLE_AFTER_MS).unref();
  });
  client.on("close", () => clearTimeout(stableTimer));
  return () => clearTimeout(stableTimer);
}
