import type { Logger } from "pino";
import { settingsMessageSchema } from "../../domain/api/master-data-answers.ts";
import type { MessageBus } from "../../domain/message-bus.ts";
import type { KeyStore } from "../keys/key-store.ts";
import { parsePayload } from "../projection/parse-payload.ts";

/** A key that another server or the command line made or revoked counts here as soon as it is announced. */
export async function followSettings(deps: {
  bus: MessageBus;
  root: string;
  keys: KeyStore;
  logger: Logger;
}): Promise<void> {
  await deps.bus.subscribe(`${deps.root}/settings`, (_topic, payload) => {
    const message = parsePayload(settingsMessageSchema, payload);
    if (message === null || !message.changed.includes("keys")) return;
    deps.keys.load().catch((error: unknown) => {
      deps.logger.warn({ err: error }, "keys could not be read again; those known before stay valid");
    });
  });
}
