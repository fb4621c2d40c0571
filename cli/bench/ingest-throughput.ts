import { join } from "node:path";
import { z } from "zod";
import type { BenchContext, BenchmarkResult } from "./benchmark.ts";
import { type Child, startChild } from "./harness/child.ts";
import { startMosquitto } from "./harness/mosquitto.ts";
import { insertStock, prepareDataDirectory } from "./harness/prepare-data.ts";
import type { ReadPlan } from "./harness/read-messages.ts";
import { createWorkLoad } from "./harness/work-load.ts";
import { inTurns, seriesOf } from "./series.ts";
import { median, rounded } from "./statistics.ts";

export type IngestPlan = {
  name: string;
  question: string;
  plan: ReadPlan;
  messages: number;
  warmUpMessages: number;
  /** Whether the bare subscriber parses the payload as JSON. */
  referenceParses: boolean;
  unit: "messages/s" | "reads/s";
  aimRatio: number;
};

type Run = { perSecond: number; cpuSecondsPer100kMessages: number };

const CONNECTIONS = 4;
const countsSchema = z.object({
  messages: z.number(),
  reads: z.number(),
  items: z.number(),
  events: z.number(),
  rssBytes: z.number(),
});

/**
 * The same publishers send the same kind of messages through the same Mosquitto, once to the ingest role and once to a
 * bare mqtt.js subscriber, each under its own topic root; the other idles meanwhile. The clock runs from the first
 * publish to the last message that is done: counted by the bare one, durable and acknowledged by ingest.
 */
export async function measureIngest(context: BenchContext, wanted: IngestPlan): Promise<BenchmarkResult> {
  const { plan } = wanted;
  const dataDirectory = join(context.folder, wanted.name);
  context.log("preparing stock");
  await prepareDataDirectory(dataDirectory, createWorkLoad(plan.locations, plan.products), (db) =>
    insertStock(db, { ...plan, unitsPerProduct: 1 }),
  );
  const mosquitto = await startMosquitto(context.folder);
  const children: Child[] = [];
  const start = async (name: string, env: Record<string, string> = {}): Promise<Child> => {
    const child = await startChild(name, { env });
    children.push(child);
    return child;
  };
  try {
    const publisher = await start("publisher");
    const bare = await start("bare-subscriber");
    const ingest = await start("ingest-subject", {
      MQTT_URL: mosquitto.url,
      MQTT_ROOT: "subject",
      ONHAND_DATA_DIR: dataDirectory,
      LOG_LEVEL: "warn",
    });
    await publisher.request("connect", { port: mosquitto.port, connections: CONNECTIONS }, z.null());
    const subscription = { url: mosquitto.url, filter: "barebone/+/rfid/+", parses: wanted.referenceParses };
    await bare.request("subscribe", subscription, z.null());

    const sent = { subject: 0, barebone: 0 };
    let lastMs = Date.now();
    const run = async (root: keyof typeof sent, receiver: Child, messages: number): Promise<Run> => {
      // Reads rise in time, over all runs, at about the pace at which they are sent.
      const startMs = Math.max(lastMs, Date.now());
      lastMs = startMs + messages / 20;
      const range = { from: sent[root], to: sent[root] + messages, startMs, endMs: lastMs };
      sent[root] += messages;
      await publisher.request("prepare", { root, plan, range }, z.null());
      const cpuBefore = await receiver.cpuSeconds();
      const receiving = receiver.request("receive", { messages }, z.number());
      const [milliseconds] = await Promise.all([receiving, publisher.request("publish", null, z.number())]);
      const cpuSeconds = (await receiver.cpuSeconds()) - cpuBefore;
      const perMessage = wanted.unit === "reads/s" ? plan.readsPerMessage : 1;
      return {
        perSecond: (messages * perMessage * 1000) / milliseconds,
        cpuSecondsPer100kMessages: (cpuSeconds * 100_000) / messages,
      };
    };

    context.log("warming up");
    await run("barebone", bare, wanted.warmUpMessages);
    await run("subject", ingest, wanted.warmUpMessages);
    const { reference, subject } = await inTurns(context, {
      reference: () => run("barebone", bare, wanted.messages),
      subject: () => run("subject", ingest, wanted.messages),
    });
    const counts = await ingest.request("counts", null, countsSchema);
    if (counts.reads !== sent.subject * plan.readsPerMessage) {
      throw new Error(
        `${sent.subject * plan.readsPerMessage} reads were sent, ingest counted ${counts.reads}: the measurement is void.`,
      );
    }
    return describe(wanted, context, reference, subject, counts);
  } finally {
    for (const child of children.reverse()) await child.stop();
    await mosquitto.stop();
  }
}

function describe(
  wanted: IngestPlan,
  context: BenchContext,
  reference: readonly Run[],
  subject: readonly Run[],
  counts: z.infer<typeof countsSchema>,
): BenchmarkResult {
  const speed = (runs: readonly Run[]) =>
    seriesOf(
      wanted.unit,
      runs.map((run) => run.perSecond),
    );
  const cpu = (runs: readonly Run[]) => rounded(median(runs.map((run) => run.cpuSecondsPer100kMessages)));
  const ratio = rounded(speed(subject).median / speed(reference).median);
  return {
    name: wanted.name,
    question: wanted.question,
    subject: speed(subject),
    reference: speed(reference),
    ratio,
    aim: `ratio ≥ ${wanted.aimRatio}`,
    isAimMet: ratio >= wanted.aimRatio,
    n: {
      messages: wanted.messages,
      readsPerMessage: wanted.plan.readsPerMessage,
      items: wanted.plan.locations * wanted.plan.products,
      publisherConnections: CONNECTIONS,
    },
    warmUp: `${wanted.warmUpMessages} messages to each side`,
    repetitions: context.repetitions,
    details: {
      subjectCpuSecondsPer100kMessages: cpu(subject),
      referenceCpuSecondsPer100kMessages: cpu(reference),
      subjectLedgerEvents: counts.events,
      subjectItems: counts.items,
      subjectRssMiB: Math.round(counts.rssBytes / 2 ** 20),
    },
  };
}
