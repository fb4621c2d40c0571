import { performance } from "node:perf_hooks";
import { type MqttClient, connectAsync } from "mqtt";
import { z } from "zod";
import { answerRequests } from "../harness/answer-requests.ts";

/** The reference: mqtt.js as it comes, which only counts what it gets, or parses it as JSON too. */
let client: MqttClient | null = null;
let received = 0;
let reads = 0;
let expected = Infinity;
let reached: (() => void) | null = null;

answerRequests(
  {
    async subscribe(params) {
      const { url, filter, parses } = z
        .object({ url: z.string(), filter: z.string(), parses: z.boolean() })
        .parse(params);
      client = await connectAsync(url, { protocolVersion: 5 });
      client.on("message", (_topic, payload) => {
        if (parses) {
          const parsed: unknown = JSON.parse(payload.toString());
          reads += Array.isArray(parsed) ? parsed.length : 1;
        }
        received += 1;
        if (received >= expected) reached?.();
      });
      await client.subscribeAsync(filter, { qos: 1 });
      return null;
    },
    /** Answers when so many more messages have come, with the time that took from now, in milliseconds. */
    async receive(params) {
      const { messages } = z.object({ messages: z.number() }).parse(params);
      const startedMs = performance.now();
      expected = received + messages;
      await new Promise<void>((resolve) => {
        reached = resolve;
      });
      return performance.now() - startedMs;
    },
    async counts() {
      return { received, reads };
    },
  },
  async () => {
    await client?.endAsync(true);
  },
);
