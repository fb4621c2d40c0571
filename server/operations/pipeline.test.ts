import { Counter, Gauge, Registry } from "prom-client";
import { expect, test } from "vitest";
import { PIPELINE_FIGURES } from "../../domain/api/pipeline.ts";
import { createPipelineSampler } from "./pipeline-sampler.ts";

function sampled() {
  const clock = { nowMs: Date.parse("2026-06-01T12:00:00.000Z") };
  const registry = new Registry();
  const registers = [registry];
  const reads = new Counter({ name: PIPELINE_FIGURES.reads.metric, help: "reads", registers });
  const events = new Counter({
    name: PIPELINE_FIGURES.events.metric,
    help: "events",
    labelNames: ["type"],
    registers,
  });
  const lag = new Gauge({ name: PIPELINE_FIGURES.ingestLagSeconds.metric, help: "lag", registers });
  const sampler = createPipelineSampler({ registry, nowMs: () => clock.nowMs });
  const valuesOf = (figure: keyof typeof PIPELINE_FIGURES) =>
    sampler.history().figures.find((one) => one.figure === figure)?.values;
  return { clock, reads, events, lag, sampler, valuesOf };
}

test("counters are told as rates a second between samples, over all labels, and gauges as they are", async () => {
  const { clock, reads, events, lag, sampler, valuesOf } = sampled();
  await sampler.sample();
  reads.inc(500);
  events.inc({ type: "sale" }, 3);
  events.inc({ type: "receipt" }, 7);
  lag.set(0.4);
  clock.nowMs += 10_000;
  await sampler.sample();
  expect(valuesOf("reads")).toEqual([null, 50]);
  expect(valuesOf("events")).toEqual([null, 1]);
  expect(valuesOf("ingestLagSeconds")).toEqual([0, 0.4]);
});

test("what runs in another process is left out, never shown as 0", async () => {
  const { sampler, valuesOf } = sampled();
  await sampler.sample();
  expect(valuesOf("webhooksPending")).toBeUndefined();
  expect(sampler.history().figures.map(({ figure }) => figure)).toEqual([
    "reads",
    "events",
    "ingestLagSeconds",
  ]);
});

test("half an hour is kept, however long the process runs", async () => {
  const { clock, sampler } = sampled();
  for (let sample = 0; sample < 200; sample += 1) {
    clock.nowMs += 10_000;
    await sampler.sample();
  }
  const { sampledAt } = sampler.history();
  expect(sampledAt).toHaveLength(180);
  expect(sampledAt.at(-1)).toBe(new Date(clock.nowMs).toISOString());
});
