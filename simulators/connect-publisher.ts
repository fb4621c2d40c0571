import { connectAsync } from "mqtt";

export type Publisher = {
  /** QoS 1: resolves when the broker has acknowledged; waits over a lost connection. Rejects once it is closed. */
  publish(topic: string, payload: string): Promise<void>;
  close(): Promise<void>;
};

/**
 * Connects to any broker, by MQTT 3.1.1: every broker speaks it, and readers do too. Rejects within 10 s when the broker
 * cannot be reached or refuses, with its reason.
 */
export async function connectPublisher(options: {
  url: string;
  username?: string | undefined;
  password?: string | undefined;
}): Promise<Publisher> {
  const { url, username, password } = options;
  const client = await connectAsync(
    url,
    {
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      protocolVersion: 4,
      connectTimeout: 10_000,
      reconnectPeriod: 1000,
    },
    false,
  );
  // A lost connection is mended by mqtt.js, and what was not acknowledged is sent again.
  client.on("error", () => undefined);
  return {
    publish: async (topic, payload) => {
      await client.publishAsync(topic, payload, { qos: 1 });
    },
    close: () => client.endAsync(),
  };
}
