import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import { z } from "zod";
import { serverFrameSchema } from "../../../domain/availability/stream-frames.ts";
import { type Publisher, connectPublisher } from "../../../simulators/connect-publisher.ts";
import { answerRequests } from "../harness/answer-requests.ts";
import { epcOf, gtinOf, locationIdOf } from "../harness/work-load.ts";

const connectSchema = z.object({
  mqttUrl: z.string(),
  username: z.string(),
  password: z.string(),
  streamUrl: z.string(),
  authorization: z.string(),
  root: z.string(),
  location: z.number(),
  /** The product whose units the probes are; nothing else is published about it. */
  product: z.number(),
});
const DOCK_ANTENNA = 3;
/** Serial numbers of probes begin beyond those of the load. */
const FIRST_SERIAL = 100_000_000;
const GIVE_UP_MS = 10_000;

let settings: z.infer<typeof connectSchema> | null = null;
let publisher: Publisher | null = null;
let socket: WebSocket | null = null;
let onHand = 0;
let changed: (() => void) | null = null;
let serial = FIRST_SERIAL;

answerRequests(
  {
    async connect(params) {
      settings = connectSchema.parse(params);
      const { mqttUrl: url, username, password, streamUrl, authorization } = settings;
      publisher = await connectPublisher({ url, username, password });
      socket = new WebSocket(streamUrl, { headers: { authorization } });
      const gtins = [gtinOf(settings.product)];
      const locations = [locationIdOf(settings.location)];
      const subscription = JSON.stringify({ type: "subscribe", id: "probe", gtins, locations });
      await new Promise<void>((resolve, reject) => {
        socket?.once("error", reject).on("message", (data) => {
          const frame = serverFrameSchema.parse(JSON.parse(Buffer.isBuffer(data) ? data.toString() : ""));
          if (frame.type === "ready") socket?.send(subscription);
          if (frame.type === "ping") socket?.send(JSON.stringify({ type: "pong" }));
          if (frame.type !== "snapshot" && frame.type !== "changes") return;
          onHand = frame.items[0]?.onHand ?? onHand;
          if (frame.type === "snapshot") resolve();
          else changed?.();
        });
      });
      return null;
    },
    /** Publishes dock reads of new tags, one at a time; answers the milliseconds until each was a number on the socket. */
    async probe(params) {
      const { probes, gapMs } = z.object({ probes: z.number(), gapMs: z.number() }).parse(params);
      const milliseconds: number[] = [];
      for (let probe = 0; probe < probes; probe += 1) {
        milliseconds.push(await probeOnce());
        // Not in step with anything that ticks.
        await sleep(gapMs * (0.5 + ((probe * 0.618) % 1)));
      }
      return milliseconds;
    },
  },
  async () => {
    socket?.close();
    await publisher?.close();
  },
);

async function probeOnce(): Promise<number> {
  if (settings === null || publisher === null) throw new Error("connect first");
  serial += 1;
  const expected = onHand + 1;
  const topic = `${settings.root}/${locationIdOf(settings.location)}/rfid/reader-1`;
  const epcHex = epcOf(settings.product, serial);
  const seen = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`the read of ${epcHex} was on no socket after ${GIVE_UP_MS / 1000} s`)),
      GIVE_UP_MS,
    );
    changed = () => {
      if (onHand < expected) return;
      clearTimeout(timer);
      resolve();
    };
  });
  const startedMs = performance.now();
  const at = new Date().toISOString();
  const event = {
    timestamp: at,
    hostname: "reader-1",
    eventType: "tagInventory",
    tagInventoryEvent: { epcHex, antennaPort: DOCK_ANTENNA, peakRssiCdbm: -5000, lastSeenTime: at },
  };
  const published = publisher.publish(topic, JSON.stringify(event));
  await seen;
  const milliseconds = performance.now() - startedMs;
  await published;
  return milliseconds;
}
