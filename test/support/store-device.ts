import { connectAsync } from "mqtt";
import type { Api } from "./api.ts";

export type StoreDevice = {
  keyId: string;
  /** Publishes on the store's own topic; resolves when the broker has it. What is no text is sent as JSON. */
  publish(kind: "rfid" | "pos" | "stock", source: string, message: unknown): Promise<void>;
  /** Tries to publish where it has no right to. */
  publishElsewhere(topic: string, message: string): void;
  /** Resolves when the broker ends the connection. */
  untilClosed(): Promise<void>;
  end(): Promise<void>;
};

/** What stands in a store: a client of the broker with a device's key of that location. */
export async function connectStoreDevice(
  api: Api,
  system: { mqttPort: number | null },
  locationId: string,
): Promise<StoreDevice> {
  const key = await api<{ keyId: string; secret: string }>("POST", "/v1/keys", {
    role: "device",
    locationId,
  });
  const client = await connectAsync(`mqtt://127.0.0.1:${system.mqttPort}`, {
    username: key.keyId,
    password: key.secret,
    protocolVersion: 4,
    reconnectPeriod: 0,
  });
  return {
    keyId: key.keyId,
    async publish(kind, source, message) {
      const payload = typeof message === "string" ? message : JSON.stringify(message);
      await client.publishAsync(`onhand/${locationId}/${kind}/${source}`, payload, { qos: 1 });
    },
    publishElsewhere: (topic, message) => void client.publish(topic, message, { qos: 1 }),
    untilClosed: () => new Promise((resolve) => client.once("close", () => resolve())),
    end: () => client.endAsync(true),
  };
}
