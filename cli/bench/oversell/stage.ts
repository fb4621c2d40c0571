import { z } from "zod";
import { createdKeySchema } from "../../../domain/api/credentials.ts";
import { availabilityAnswerSchema } from "../../../domain/availability/availability-item.ts";
import { eventsAnswerSchema } from "../../../domain/api/events-answer.ts";
import { gtinOf } from "../harness/work-load.ts";
import type { ContestedSystem } from "./contested-system.ts";
import { createCaller } from "./caller.ts";
import type { OversellPlan } from "./plan.ts";

/** The products and the one location that a run fights over, and a key for its clients. */
export type Stage = {
  locationId: string;
  gtins: string[];
  keyId: string;
  token: string;
};

export type StageFigures = { onHand: number; reserved: number; available: number };

type Ask = (method: string, path: string, body?: unknown) => Promise<unknown>;

/** As the owner, who has a new token after each restart. Waits for a system that is starting. */
function asOwner(system: ContestedSystem): { ask: Ask; close(): void } {
  const caller = createCaller(system.url, system.ownerToken());
  return {
    async ask(method, path, body) {
      const request = { method, path, ...(body === undefined ? {} : { body }) };
      const answer = await caller.ask(request, () => undefined);
      if (answer.status < 300) return JSON.parse(answer.body === "" ? "null" : answer.body);
      throw new Error(`${method} ${path} was answered ${answer.status}: ${answer.body.slice(0, 500)}`);
    },
    close: () => caller.close(),
  };
}

/** Makes a location of this run's own, its products, their units (by a receipt) and a key. */
export async function setStage(system: ContestedSystem, plan: OversellPlan, run: string): Promise<Stage> {
  const owner = asOwner(system);
  try {
    const locationId = run;
    const gtins = Array.from({ length: plan.products }, (_, index) => gtinOf(index));
    await owner.ask("PUT", `/v1/locations/${locationId}`, { locationId, name: `Oversell test ${run}` });
    for (const gtin of gtins) {
      await owner.ask("PUT", `/v1/products/${gtin}`, { gtin, name: `Oversell test ${gtin}` });
    }
    const lines = gtins.map((gtin) => ({ gtin, quantity: plan.unitsPerProduct }));
    await tell(owner.ask, { eventId: `${run}-in`, type: "receipt", locationId, lines });
    const wish = { role: "storefront", name: `oversell test ${run}`, locationId: null, origins: [] };
    const { keyId, token } = createdKeySchema.parse(await owner.ask("POST", "/v1/keys", wish));
    return { locationId, gtins, keyId, token };
  } finally {
    owner.close();
  }
}

/** What is left is taken out again, and the key is revoked; the ledger keeps what was. */
export async function clearStage(system: ContestedSystem, stage: Stage, run: string): Promise<void> {
  const owner = asOwner(system);
  try {
    const { locationId } = stage;
    const items = await itemsOf(owner.ask, stage);
    const lines = items
      .filter(({ onHand }) => onHand !== 0)
      .map(({ gtin, onHand }) => ({ gtin, quantity: -onHand }));
    if (lines.length > 0) {
      const note = "The oversell test takes its units out again";
      await tell(owner.ask, { eventId: `${run}-out`, type: "adjustment", locationId, note, lines });
    }
    await owner.ask("DELETE", `/v1/keys/${stage.keyId}`);
  } finally {
    owner.close();
  }
}

/** Sums over the products, as the server answers them. */
export async function stageFigures(system: ContestedSystem, stage: Stage): Promise<StageFigures> {
  const owner = asOwner(system);
  try {
    const items = await itemsOf(owner.ask, stage);
    const sum = (of: (item: (typeof items)[number]) => number): number =>
      items.reduce((total, item) => total + of(item), 0);
    return {
      onHand: sum((item) => item.onHand),
      reserved: sum((item) => item.reserved),
      available: sum((item) => item.available),
    };
  } finally {
    owner.close();
  }
}

/** Which of these reservations the server does not know as `status`. */
export async function findUnknown(
  system: ContestedSystem,
  reservationIds: Iterable<string>,
  status: string,
): Promise<string[]> {
  const caller = createCaller(system.url, system.ownerToken());
  const unknown: string[] = [];
  for (const id of reservationIds) {
    const answer = await caller.ask({ method: "GET", path: `/v1/reservations/${id}` }, () => undefined);
    const parsed = z.object({ status: z.string() }).safeParse(JSON.parse(answer.body));
    if (answer.status !== 200 || parsed.data?.status !== status) unknown.push(id);
  }
  caller.close();
  return unknown;
}

async function itemsOf(ask: Ask, { gtins, locationId }: Stage) {
  const body = { gtins, locations: [locationId] };
  return availabilityAnswerSchema.parse(await ask("POST", "/v1/availability/query", body)).items;
}

async function tell(ask: Ask, event: Record<string, unknown>): Promise<void> {
  const answer = await ask("POST", "/v1/events", { ...event, occurredAt: new Date().toISOString() });
  const [receipt] = eventsAnswerSchema.parse(answer).receipts;
  if (receipt?.status !== "accepted" && receipt?.status !== "duplicate") {
    throw new Error(`The units were not taken in: ${JSON.stringify(receipt)}`);
  }
}
