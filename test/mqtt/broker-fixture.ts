import { Registry } from "prom-client";
import type { Principal } from "../../domain/principal.ts";
import {
  createEmbeddedBroker,
  type EmbeddedBroker,
  type EmbeddedBrokerDeps,
} from "../../ingest/broker/embedded-broker.ts";
import { createEmbeddedIntake } from "../../ingest/intake/embedded-intake.ts";
import type { Intake, IntakeLimits } from "../../ingest/intake/intake.ts";
import { silent, type Taken } from "./intake-fixture.ts";

export const PRINCIPALS: Record<string, Principal> = {
  reader: { keyId: "reader", role: "device", locationId: "L1" },
  neighbour: { keyId: "neighbour", role: "device", locationId: "L2" },
  homeless: { keyId: "homeless", role: "device", locationId: null },
  server: { keyId: "server", role: "internal", locationId: null },
  boss: { keyId: "boss", role: "admin", locationId: null },
  shop: { keyId: "shop", role: "storefront", locationId: null },
};

export type StartedBroker = {
  broker: EmbeddedBroker;
  intake: Intake;
  metrics: Registry;
  taken: Taken[];
  url: string;
  stop(): Promise<void>;
};

/** The embedded broker with an intake. Every key's password is its id followed by `!`. */
export async function startBroker(
  options: Partial<EmbeddedBrokerDeps> & {
    intakeLimits?: Partial<IntakeLimits>;
    onTaken?: (taken: Taken) => void;
    isIntakeStarted?: boolean;
  } = {},
): Promise<StartedBroker> {
  const { intakeLimits = {}, onTaken, isIntakeStarted = true, ...deps } = options;
  const metrics = new Registry();
  const taken: Taken[] = [];
  const broker = createEmbeddedBroker({
    root: "onhand",
    listen: { host: "127.0.0.1", port: 0 },
    authenticate: async (user, password) => (password === `${user}!` ? (PRINCIPALS[user] ?? null) : null),
    logger: silent,
    metrics,
    ...deps,
  });
  const intake = createEmbeddedIntake({
    broker,
    limits: { stopDeadlineMs: 500, ...intakeLimits },
    logger: silent,
    metrics,
  });
  await broker.start();
  if (isIntakeStarted) {
    await intake.start((message, done) => {
      const entry = { message, text: Buffer.from(message.payload).toString(), done };
      taken.push(entry);
      onTaken?.(entry);
    });
  }
  return {
    broker,
    intake,
    metrics,
    taken,
    url: `mqtt://127.0.0.1:${broker.ports().tcp}`,
    async stop() {
      for (const { done } of taken) done("durable");
      await intake.stop();
      await broker.stop();
    },
  };
}
