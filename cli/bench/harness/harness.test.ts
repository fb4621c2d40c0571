import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { parseTopic } from "../../../ingest/adapters/parse-topic.ts";
import { understandMessage } from "../../../ingest/adapters/understand-message.ts";
import { type Child, startChild } from "./child.ts";
import { type Mosquitto, startMosquitto } from "./mosquitto.ts";
import { readMessages } from "./read-messages.ts";

let folder: string;
let mosquitto: Mosquitto;
const children: Child[] = [];

async function child(name: string): Promise<Child> {
  const started = await startChild(name, { execArgv: ["--import", "tsx"] });
  children.push(started);
  return started;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "onhand-bench-test-"));
  mosquitto = await startMosquitto(folder);
});

afterAll(async () => {
  for (const started of children) await started.stop();
  await mosquitto.stop();
  await rm(folder, { recursive: true, force: true });
});

test("the publisher's packets reach a subscriber through a real broker, every one", async () => {
  const publisher = await child("publisher");
  const bare = await child("bare-subscriber");
  await publisher.request("connect", { port: mosquitto.port, connections: 3 }, z.null());
  await bare.request("subscribe", { url: mosquitto.url, filter: "t/+/rfid/+", parses: true }, z.null());
  const plan = { locations: 4, products: 10, readsPerMessage: 50 };
  const range = { from: 0, to: 2_000, startMs: Date.now(), endMs: Date.now() + 1000 };
  await publisher.request("prepare", { root: "t", plan, range }, z.null());
  const receiving = bare.request("receive", { messages: 2_000 }, z.number());
  await publisher.request("publish", null, z.number());
  await receiving;
  expect(await bare.request("counts", null, z.unknown())).toEqual({ received: 2_000, reads: 100_000 });
  expect(await bare.cpuSeconds()).toBeGreaterThan(0);
});

test("a child that fails tells its reason, and goes on", async () => {
  const bare = await child("bare-subscriber");
  await expect(bare.request("nonsense", null, z.null())).rejects.toThrow('no request "nonsense"');
  expect(await bare.request("counts", null, z.unknown())).toEqual({ received: 0, reads: 0 });
});

test("the load's messages are understood, rise in time for each item, and now and then change its zone", () => {
  for (const readsPerMessage of [1, 50]) {
    const plan = { locations: 3, products: 40, readsPerMessage };
    const last = new Map<string, { atMs: number; antenna: number }>();
    let reads = 0;
    let moves = 0;
    let disorder = 0;
    const range = {
      from: 0,
      to: 12_000 / readsPerMessage,
      startMs: 1_700_000_000_000,
      endMs: 1_700_000_060_000,
    };
    for (const { topic, payload } of readMessages(plan, range)) {
      const parsed = parseTopic("r", `r/${topic}`);
      if (parsed === null) throw new Error(topic);
      const understood = understandMessage(parsed, Buffer.from(payload), range.startMs);
      for (const read of understood.kind === "reads" ? understood.reads : []) {
        reads += 1;
        const before = last.get(read.epcHex);
        if (before !== undefined && before.antenna !== read.antenna) moves += 1;
        if (before !== undefined && before.atMs > read.observedAtMs) disorder += 1;
        last.set(read.epcHex, { atMs: read.observedAtMs, antenna: read.antenna });
      }
    }
    expect(reads).toBe(12_000);
    expect(last.size).toBe(120);
    expect(disorder).toBe(0);
    expect(moves).toBeGreaterThan(100);
  }
});
