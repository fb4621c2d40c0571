import type { Logger } from "pino";
import { SETTINGS_AREAS, type SettingsMessage } from "../../domain/api/master-data-answers.ts";
import type { MessageBus } from "../../domain/message-bus.ts";

type Area = SettingsMessage["changed"][number];

export type SettingsAnnouncer = ReturnType<typeof createSettingsAnnouncer>;

/**
 * Tells ingest (and other servers) on the retained topic `{root}/settings` that master data changed. The change is durable
 * before; an announcement that cannot be sent is kept and goes out when the broker is back.
 */
export function createSettingsAnnouncer(deps: {
  bus: MessageBus;
  root: string;
  nowMs(): number;
  logger: Logger;
}) {
  const waiting = new Set<Area>();
  let lastRevision = 0;
  let isStarted = false;

  async function send(): Promise<void> {
    if (waiting.size === 0 || !deps.bus.isConnected()) return;
    const changed = [...waiting];
    waiting.clear();
    lastRevision = Math.max(lastRevision + 1, deps.nowMs() * 1000);
    const message: SettingsMessage = { revision: lastRevision, changed };
    try {
      await deps.bus.publish(`${deps.root}/settings`, JSON.stringify(message), { retain: true });
    } catch (error) {
      for (const area of changed) waiting.add(area);
      deps.logger.warn(
        { err: error, changed },
        "settings not announced; they will be when the broker is back",
      );
    }
  }

  return {
    /** Announces all areas once: a change made just before a crash may not have been announced. */
    start(): void {
      if (isStarted) return;
      isStarted = true;
      for (const area of SETTINGS_AREAS) waiting.add(area);
      deps.bus.onConnectionChange((isConnected) => {
        if (isConnected) void send();
      });
    },
    async announce(changed: readonly Area[]): Promise<void> {
      for (const area of changed) waiting.add(area);
      await send();
    },
  };
}
