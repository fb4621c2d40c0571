import type { Client } from "aedes";

const LOOK_EVERY_MS = 5_000;

type Watched = { limitMs: number; bytesRead: number; lastHeardMs: number };

export type KeepaliveWatch = {
  watch(client: Client, keepaliveSeconds: number): void;
  forget(client: Client): void;
  start(): void;
  stop(): void;
};

/**
 * Ends connections from which nothing was heard for 1.5 times their keepalive (MQTT-3.1.2-24). It stands in for aedes'
 * own timer, which would also end those that we do not read from while their publishes wait to become durable.
 */
export function createKeepaliveWatch(deps: {
  bytesRead: (client: Client) => number;
  isHeldBack: (client: Client) => boolean;
  nowMs: () => number;
}): KeepaliveWatch {
  const watched = new Map<Client, Watched>();
  let timer: NodeJS.Timeout | undefined;

  const look = (): void => {
    const nowMs = deps.nowMs();
    for (const [client, state] of watched) {
      const bytesRead = deps.bytesRead(client);
      if (bytesRead !== state.bytesRead || deps.isHeldBack(client)) {
        state.bytesRead = bytesRead;
        state.lastHeardMs = nowMs;
      } else if (nowMs - state.lastHeardMs > state.limitMs) {
        client.emit("error", new Error("nothing was heard for 1.5 times the keepalive"));
      }
    }
  };

  return {
    watch(client, keepaliveSeconds) {
      if (keepaliveSeconds === 0) return;
      const limitMs = keepaliveSeconds * 1_500;
      watched.set(client, { limitMs, bytesRead: deps.bytesRead(client), lastHeardMs: deps.nowMs() });
    },
    forget: (client) => {
      watched.delete(client);
    },
    start() {
      timer = setInterval(look, LOOK_EVERY_MS).unref();
    },
    stop() {
      clearInterval(timer);
      watched.clear();
    },
  };
}
