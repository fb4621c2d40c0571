import { describe, expect, test } from "vitest";
import { type RunClock, runSimulation } from "./run-simulation.ts";
import { small } from "./scenarios/small.ts";
import { createSimulation } from "./simulation.ts";

const START_MS = Date.parse("2026-06-01T10:00:00.000Z");

/** A clock that jumps instead of waiting. */
function createFakeClock(): RunClock & { waitedMs: number } {
  return {
    waitedMs: 0,
    now() {
      return START_MS + this.waitedMs;
    },
    wait(ms) {
      this.waitedMs += ms;
      return Promise.resolve();
    },
  };
}

type Sent = { topic: string; payload: string; atMs: number };

async function run(speed: number, resumeFromMs?: number): Promise<{ sent: Sent[]; acknowledgedMs: number }> {
  const clock = createFakeClock();
  const sent: Sent[] = [];
  const progress = await runSimulation({
    simulation: createSimulation({ scenario: small, seed: 4, durationMs: 120_000 }),
    root: "onhand",
    clock,
    speed,
    signal: new AbortController().signal,
    publish: async (topic, payload) => {
      sent.push({ topic, payload, atMs: clock.now() });
    },
    ...(resumeFromMs === undefined ? {} : { resumeFromMs }),
  });
  return { sent, acknowledgedMs: progress.acknowledgedMs };
}

describe("a live run", () => {
  test("stamps reads with the present, whatever the speed", async () => {
    for (const speed of [1, 20]) {
      const { sent } = await run(speed);
      const zebra = sent.filter((message) => message.topic.includes("/rfid/backroom"));
      expect(zebra.length).toBeGreaterThan(10);
      for (const { payload, atMs } of zebra) {
        const parsed: unknown = JSON.parse(payload);
        const last = (Array.isArray(parsed) ? parsed.at(-1) : parsed) as { timestamp: string };
        expect(Math.abs(Date.parse(last.timestamp) - atMs)).toBeLessThan(6000);
      }
      expect(sent.at(-1)!.atMs - START_MS).toBeGreaterThan(100_000 / speed);
      expect(sent.at(-1)!.atMs - START_MS).toBeLessThanOrEqual(120_000 / speed + 1);
    }
  });

  test("begins with the opening stock, at once", async () => {
    const { sent } = await run(1);
    const opening = sent.filter((message) => message.topic.endsWith("/stock/opening"));
    expect(opening.every((message) => message.atMs === START_MS)).toBe(true);
    const units = new Set(
      opening.flatMap((message) => {
        const receipt = JSON.parse(message.payload) as { eventId: string; lines: { quantity: number }[] };
        return receipt.lines.map((line, index) => `${receipt.eventId} ${index} ${line.quantity}`);
      }),
    );
    expect(units.size).toBeGreaterThan(0);
  });

  test("resumed goes on where it was, without the opening stock, in the present", async () => {
    const whole = await run(1);
    const rest = await run(1, 60_000);
    expect(rest.sent.length).toBeLessThan(whole.sent.length);
    expect(rest.sent.map((message) => message.topic)).toEqual(
      whole.sent.slice(-rest.sent.length).map((message) => message.topic),
    );
    expect(rest.sent[0]!.atMs - START_MS).toBeLessThan(5000);
    expect(rest.acknowledgedMs).toBe(whole.acknowledgedMs);
  });

  test("never has more publishes open than its window, and counts as done only what was acknowledged", async () => {
    const clock = createFakeClock();
    const waiting: (() => void)[] = [];
    let mostOpen = 0;
    const stop = new AbortController();
    const running = runSimulation({
      simulation: createSimulation({ scenario: small, seed: 4, durationMs: 30_000 }),
      root: "onhand",
      clock,
      speed: 1,
      signal: stop.signal,
      window: 8,
      publish: () =>
        new Promise((resolve) => {
          waiting.push(resolve);
          mostOpen = Math.max(mostOpen, waiting.length);
          if (waiting.length === 8)
            setImmediate(() => waiting.splice(0).forEach((acknowledge) => acknowledge()));
        }),
      onProgress: (progress) => expect(progress.acknowledgedMs).toBeLessThanOrEqual(30_000),
    });
    const releaseLast = setInterval(() => waiting.splice(0).forEach((acknowledge) => acknowledge()), 20);
    const progress = await running.finally(() => clearInterval(releaseLast));
    expect(mostOpen).toBeLessThanOrEqual(8);
    expect(progress.messages).toBeGreaterThan(100);
  });

  test("a publish that fails ends the run with its reason", async () => {
    const running = runSimulation({
      simulation: createSimulation({ scenario: small, seed: 4, durationMs: 30_000 }),
      root: "onhand",
      clock: createFakeClock(),
      speed: 1,
      signal: new AbortController().signal,
      publish: () => Promise.reject(new Error("not authorised")),
    });
    await expect(running).rejects.toThrow("not authorised");
  });
});
