import { connectAsync, type IClientOptions, type MqttClient } from "mqtt";
import { pino } from "pino";
import { Registry } from "prom-client";
import { ALL_LOCATIONS, type Shard } from "../../domain/shard.ts";
import type { IncomingMessage, Intake, IntakeDone } from "../../ingest/intake/intake.ts";
import { createLocationTopics } from "../../ingest/intake/location-topics.ts";
import { createMqttIntake, type MqttIntakeDeps } from "../../ingest/intake/mqtt-intake.ts";

export const silent = pino({ level: "silent" });
export const QUICK_BACK_OFF = { minMs: 50, maxMs: 500 };

export type Taken = { message: IncomingMessage; text: string; done: IntakeDone };

export type StartedIntake = { intake: Intake; taken: Taken[]; settings: string[] };

type IntakeOptions = Partial<Omit<MqttIntakeDeps, "topics">> & {
  protocolVersion?: 4 | 5 | "auto";
  root?: string;
  shard?: Shard;
  onSettings?(payload: Uint8Array): void;
};

export function createTestIntake(url: string, options: IntakeOptions = {}): Intake {
  const {
    protocolVersion = "auto",
    root = "onhand",
    shard = ALL_LOCATIONS,
    onSettings = () => {},
    ...deps
  } = options;
  return createMqttIntake({
    connection: { url, protocolVersion, backOff: QUICK_BACK_OFF },
    clientId: "ingest-under-test",
    topics: createLocationTopics({ root, shard, onSettings }),
    logger: silent,
    metrics: new Registry(),
    ...deps,
  });
}

/** An intake on a broker, with all that it hands over kept for the test to settle. */
export async function startIntake(
  url: string,
  options: IntakeOptions & { onTaken?: (taken: Taken) => void } = {},
): Promise<StartedIntake> {
  const taken: Taken[] = [];
  const settings: string[] = [];
  const { onTaken, ...deps } = options;
  const onSettings = (payload: Uint8Array): void => {
    settings.push(Buffer.from(payload).toString());
  };
  const intake = createTestIntake(url, { onSettings, ...deps });
  await intake.start((message, done) => {
    const entry = { message, text: Buffer.from(message.payload).toString(), done };
    taken.push(entry);
    onTaken?.(entry);
  });
  return { intake, taken, settings };
}

export async function connectPublisher(url: string, options: IClientOptions = {}): Promise<MqttClient> {
  return await connectAsync(url, { reconnectPeriod: 100, ...options });
}

/** Publishes `count` numbered messages, at most `window` on their way, and resolves when the broker has them all. */
export async function publishNumbers(
  publisher: MqttClient,
  count: number,
  options: { topic?: string; qos?: 0 | 1 | 2; padding?: string; window?: number } = {},
): Promise<void> {
  const { topic = "onhand/L1/rfid/r1", qos = 1, padding = "", window = 1_000 } = options;
  for (let from = 0; from < count; from += window) {
    const numbers = Array.from({ length: Math.min(window, count - from) }, (_, i) => from + i);
    await Promise.all(numbers.map((n) => publisher.publishAsync(topic, `${n}${padding}`, { qos })));
  }
}
